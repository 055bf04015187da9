"""The repr of a task tells the line at which its coroutine stands, also while it runs."""
import asyncio


async def inner():
    print("inner:", asyncio.current_task())
    await asyncio.sleep(0.1)


async def worker():
    print("worker:", asyncio.current_task())
    await inner()
    print("later:", asyncio.current_task())


async def main():
    task = asyncio.create_task(worker(), name="w")
    print("new:", task)
    await asyncio.sleep(0)
    print("suspended:", task)
    await asyncio.sleep(0.2)
    print("done:", task)


asyncio.run(main())
