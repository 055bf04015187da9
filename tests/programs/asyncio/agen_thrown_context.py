# What is thrown through a step of an asynchronous generator gets as its context what the coroutine handles.
import asyncio
import traceback


async def numbers():
    yield 1
    await asyncio.sleep(9)
    yield 2


async def reads():
    try:
        raise KeyError("first")
    except KeyError:
        async for number in numbers():
            print("number", number)


async def closes():
    steps = numbers()
    await anext(steps)
    try:
        raise LookupError("before")
    except LookupError:
        try:
            await steps.athrow(ValueError("thrown"))
        except ValueError as error:
            print("context", repr(error.__context__))


async def main():
    task = asyncio.create_task(reads())
    await asyncio.sleep(1)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error, "while handling", repr(error.__context__))
    try:
        await asyncio.wait_for(reads(), 2)
    except TimeoutError as error:
        print("late because of", repr(error.__cause__), repr(error.__cause__.__context__))
        frames = traceback.extract_tb(error.__cause__.__context__.__traceback__)
        print([frame.name for frame in frames])
    await closes()


asyncio.run(main())
