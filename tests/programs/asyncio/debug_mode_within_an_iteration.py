# Shows: debug mode that is switched on or off while handles run holds from the next one on
import asyncio


def callback(name):
    print(name)


async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 0
    loop.call_soon(callback, "without")
    loop.call_soon(loop.set_debug, True)
    loop.call_soon(callback, "with")
    loop.call_soon(callback, "with")
    loop.call_soon(loop.set_debug, False)
    loop.call_soon(callback, "without again")
    await asyncio.sleep(0)
    await asyncio.sleep(0)


asyncio.run(main())
