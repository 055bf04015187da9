"""A task that yields itself is told that it cannot await itself, in whatever way it does so."""

import asyncio


class Yielding:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


async def plain():
    try:
        await Yielding(task)
    except RuntimeError as exc:
        print(str(exc).partition(":")[0])


async def proper():
    try:
        await other
    except RuntimeError as exc:
        print(str(exc).partition(":")[0])


async def main():
    global task, other
    task, other = asyncio.create_task(plain()), asyncio.create_task(proper())
    await asyncio.wait([task, other])


asyncio.run(main())
