import asyncio

async def work(seconds):
    await asyncio.sleep(seconds)
    if seconds == .2:
        raise ValueError(seconds)
    return seconds

async def main():
    for awaitable in asyncio.as_completed([work(.3), work(.1), work(.2)]):
        try:
            print(await awaitable)
        except ValueError as error:
            print("failed", error)
    tasks = [asyncio.create_task(work(n / 10)) for n in (3, 1)]
    async for task in asyncio.as_completed(tasks):
        print(tasks.index(task), task.result())
    try:
        async for task in asyncio.as_completed([work(.1), work(5)], timeout=.2):
            print(task.result())
    except TimeoutError:
        print("late")

asyncio.run(main())
