import asyncio


async def fail(seconds, error):
    await asyncio.sleep(seconds)
    raise error


async def work(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    results = await asyncio.gather(fail(0.1, ValueError("kept")), work(0.2), return_exceptions=True)
    print(results)
    try:
        await asyncio.gather(fail(0.1, ValueError("only one")), work(0.2))
    except ValueError as error:
        print("caught", error)
    await asyncio.gather(work(0.1), work(0.2), return_exceptions=True)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(0.1, ValueError("one")))
            group.create_task(fail(0.1, KeyError("two")))
    except* Exception as errors:
        print(errors.exceptions)


asyncio.run(main())
