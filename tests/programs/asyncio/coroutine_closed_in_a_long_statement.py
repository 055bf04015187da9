"""What a coroutine raises while it is closed by the collector is told with the first line of its statement."""
import asyncio


async def numbers():
    try:
        yield 1
    finally:
        raise ValueError("closing")


async def main():
    generator = numbers()
    try:
        async for number in generator:
            print(number)
            await asyncio.sleep(1)
            print("never printed")
    finally:
        raise RuntimeError(
            "a statement"
            " of several lines"
        )


loop = asyncio.new_event_loop()
task = loop.create_task(main())
loop.call_soon(loop.stop)
loop.run_forever()
task._log_destroy_pending = False
task = None
loop.close()
print("end")
