# Shows: in debug mode a callback that came from call_soon_threadsafe has one more call of the loop around it
import asyncio


async def child():
    pass


def callback(what):
    future = asyncio.get_running_loop().create_future()
    print(what, [entry.name for entry in future._source_traceback if entry.filename == __file__])


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(callback, "soon")
    loop.call_soon_threadsafe(callback, "thread-safe")
    await asyncio.sleep(0)


asyncio.run(main(), debug=True)
