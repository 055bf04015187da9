"""What lies on the stack of a frame goes before an exception leaves the frame: it is closed and told of there."""
import asyncio
import contextlib


def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


async def never():
    pass


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def loops():
    kept = Told("local variable")
    for number in numbers():
        raise ValueError(number)


def manages():
    with contextlib.nullcontext(never()) as coroutine:
        coroutine = None
        undefined_here


def calls():
    return [Told("item"), Told("other item"), undefined_here]


def generates():
    for number in numbers():
        yield number
        undefined_here


def returns_from_finally():
    for number in numbers():
        try:
            raise ValueError("lost")
        finally:
            print("finally")
            undefined_here


for function in (loops, manages, calls, lambda: list(generates()), returns_from_finally):
    try:
        function()
    except Exception as e:
        print(type(e).__name__, e)
    print("after", function.__name__)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(0))
        for number in numbers():
            [Told("in a coroutine"), await asyncio.sleep(0), undefined_here]


asyncio.run(main())
