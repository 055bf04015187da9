import asyncio

def callback(*args):
    pass

async def main():
    loop = asyncio.get_running_loop()
    for handle in (loop.call_soon(callback, 3), loop.call_later(5, callback, 1, "two")):
        print(repr(handle).split(" at ")[0])
        handle.cancel()
        print(repr(handle).split(" at ")[0], handle.cancelled())

asyncio.run(main(), debug=True)
