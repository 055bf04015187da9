"""A future keeps the place of its first callback empty as long as there are others: the order at the end shows it."""
import asyncio


class Noisy:
    def __init__(self, name):
        self.name = name

    def __call__(self, future):
        print("called:", self.name)

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return id(self)

    def __del__(self):
        print("gone:", self.name)


async def waits(kept):
    await asyncio.wait([kept])


async def gathers(task, kept):
    try:
        await waits(kept)
    except asyncio.CancelledError:
        pass
    asyncio.gather(task, kept)


async def nothing():
    pass


async def main():
    global held, task
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    first, second, third = Noisy("first"), Noisy("second"), Noisy("third")
    print(future.remove_done_callback(first))
    for callback in first, second, first:
        future.add_done_callback(callback)
    print(future.remove_done_callback(first), [one.name for one, _ in future._callbacks])
    future.add_done_callback(third)
    print(future.remove_done_callback(first), [one.name for one, _ in future._callbacks])
    print(future.remove_done_callback(second), future.remove_done_callback(third), bool(future._callbacks))
    future.add_done_callback(third)
    future.add_done_callback(first)
    print(future.remove_done_callback(third), future.remove_done_callback(third))
    future.set_result(None)
    await asyncio.sleep(0)
    held = loop.create_future()
    task = asyncio.create_task(nothing())
    for turn in range(3):
        print(task.cancel())
        asyncio.create_task(gathers(task, held))
    first = second = third = callback = None


asyncio.run(main())
