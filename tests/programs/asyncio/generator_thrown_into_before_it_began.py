# Shows: what is thrown into a generator that has not begun leaves the task that threw it
import asyncio


def numbers():
    yield 1


async def throws(error):
    return numbers().throw(error)


async def throws_into_coroutine(error):
    coroutine = asyncio.sleep(1)
    coroutine.throw(error)


async def main():
    for function in throws, throws_into_coroutine:
        try:
            await asyncio.create_task(function(RuntimeError("thrown")))
        except RuntimeError as exc:
            print(function.__name__, exc)
        print(await asyncio.gather(function(KeyError(1)), function(OSError(2)), return_exceptions=True))


asyncio.run(main())
for function in throws, throws_into_coroutine:
    try:
        asyncio.run(function(ValueError("thrown")))
    except ValueError as exc:
        print(exc)
