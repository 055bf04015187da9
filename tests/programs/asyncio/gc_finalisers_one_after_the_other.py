"""Garbage is finalised oldest first, and each finaliser may free what would have been next."""
import asyncio
import gc


class Told:
    def __init__(self, name):
        self.name, self.me = name, self

    def __del__(self):
        print("gone", self.name)


async def work(n):
    print("never printed", n)


def lose():
    first = Told("first")
    loop = asyncio.new_event_loop()
    tasks = [loop.create_task(work(n)) for n in range(2)]
    second = Told("second")
    first.other, second.loop, loop.tasks = second, loop, tasks


gc.disable()
gc.collect()
lose()
print("lost")
gc.collect()
print("collected")
