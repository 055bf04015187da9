import asyncio
import sys


class Told:
    """Says whether it goes while the same line of the library is executed as for the one before."""
    before = None

    def __init__(self, name):
        self.name = name

    def __del__(self):
        place = sys._getframe(1).f_lineno
        print('gone:', self.name, Told.before in (None, place))
        Told.before = place


async def waits(name):
    told = Told(name)
    try:
        await asyncio.sleep(2)
    except asyncio.CancelledError:
        print('cancelled', name)


async def main():
    tasks = [asyncio.create_task(waits(name)) for name in 'abcd']
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    await asyncio.sleep(1)


asyncio.run(main())
