"""Tracebacks through `async for`, and of an exception that comes before the first line of a coroutine."""
import asyncio
import traceback


async def numbers():
    yield 1
    raise ValueError("no more")


async def consume():
    async for number in numbers():
        print(number)


def decorated(function):
    return function


@decorated
async def never_begun():
    print("not reached")


async def main():
    try:
        await consume()
    except ValueError:
        traceback.print_exc()
    coroutine = never_begun()
    try:
        coroutine.throw(KeyError("early"))
    except KeyError:
        traceback.print_exc()


asyncio.run(main())
