"""A future gives its exception with the traceback that it had only to who asks first; later the traceback begins anew."""
import asyncio
import traceback


def functions(exc):
    return [entry.name for entry in traceback.extract_tb(exc.__traceback__) if entry.filename == __file__]


async def inner():
    await asyncio.sleep(0)
    raise ValueError("inner")


async def fails():
    await inner()


async def attempt(awaitable):
    try:
        await awaitable
    except ValueError as e:
        return functions(e)


async def main():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0.1)
    for _ in range(2):
        print(await attempt(asyncio.shield(task)))
    print(await attempt(task), functions(task.exception()))
    try:
        task.result()
    except ValueError as e:
        print(functions(e))
    task = asyncio.create_task(fails())
    waiters = [asyncio.create_task(attempt(task)) for _ in range(3)]
    print(await asyncio.gather(*waiters))
    task = asyncio.create_task(fails())
    print(functions((await asyncio.gather(task, return_exceptions=True))[0]))
    print(await attempt(task))


asyncio.run(main())
