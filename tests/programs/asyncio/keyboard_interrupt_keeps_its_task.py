"""The traceback of an exception that ends the loop holds the handle that ran, and with it the task."""
import asyncio
import signal


async def main():
    await asyncio.sleep(0)
    signal.raise_signal(signal.SIGINT)


loop = asyncio.new_event_loop()
task = loop.create_task(main(), name="main")
task = None
try:
    loop.run_forever()
except KeyboardInterrupt as e:
    print("interrupted", e.__traceback__.tb_next is not None)
    e = None
    print("told by now")
loop.close()
