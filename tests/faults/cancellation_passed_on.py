import asyncio
import contextlib


async def tidy():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("tidying up")
        await asyncio.sleep(0.1)
        raise


async def limited():
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(10)
    except TimeoutError:
        print("too late")
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.sleep(10), 0.1)
    return "a value"


async def main():
    task = asyncio.create_task(tidy())
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("the other task was cancelled")
    print(await limited())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(tidy())
            await asyncio.sleep(0.1)
            raise ValueError
    except* ValueError:
        print("the group has ended")


asyncio.run(main())
