import asyncio


async def fail(seconds):
    await asyncio.sleep(seconds)
    raise ValueError(seconds)


async def main():
    tasks = [asyncio.create_task(fail(seconds)) for seconds in (0.1, 0.2)]
    done, pending = await asyncio.wait(tasks)
    print([type(task.exception()).__name__ for task in done], pending)
    for task in asyncio.as_completed([fail(0.1), fail(0.2)]):
        try:
            await task
        except ValueError as error:
            print("caught", error)
    try:
        await asyncio.wait_for(fail(0.1), 1)
    except ValueError as error:
        print("caught", error)
    shielded = asyncio.shield(fail(0.1))
    try:
        await shielded
    except ValueError as error:
        print("caught", error)


asyncio.run(main())
