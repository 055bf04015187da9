# Shows: what anext() with a default gives is a coroutine for asyncio, so that a task drives it directly
import asyncio


class Countdown:
    def __init__(self, left):
        self.left = left

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(0)
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        return self.left


async def letters():
    yield "a"
    await asyncio.sleep(0)


async def main():
    count = Countdown(1)
    print(await anext(count, "none"), await anext(count, "none"), await anext(count, (1, 2)))
    generator = letters()
    print(await anext(generator, "none"), await anext(generator, "none"))
    task = asyncio.ensure_future(anext(Countdown(1), "none"))
    print(type(task.get_coro()).__name__, asyncio.iscoroutine(task.get_coro()))
    print(await task)
    print(await asyncio.create_task(anext(Countdown(0), "none")))
    print(await asyncio.gather(anext(Countdown(1), "none"), anext(Countdown(0), "none")))
    task = asyncio.create_task(anext(Countdown(1), "none"))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")
    pending = anext(Countdown(0), "none")
    pending.close()
    try:
        anext(3, "none")
    except TypeError as exc:
        print(exc)


asyncio.run(main())
