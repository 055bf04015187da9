"""`create_task` takes coroutines alone: what it refuses never becomes a task, so that nothing has to keep it."""

import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    try:
        asyncio.create_task(future)
    except TypeError as exc:
        print(exc)


asyncio.run(main())
