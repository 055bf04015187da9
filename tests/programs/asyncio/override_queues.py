"""Queues whose methods the program overrides: in a subclass, on one object, later on the class."""

import asyncio


class Loud(asyncio.Queue):
    def _put(self, item):
        print("put", item)
        super()._put(item)

    def _get(self):
        item = super()._get()
        print("get", item)
        return item


class Counting(asyncio.Queue):
    checked = 0

    def full(self):
        Counting.checked += 1
        return super().full()

    def empty(self):
        Counting.checked += 1
        return super().empty()


class Doubling(asyncio.Queue):
    def put_nowait(self, item):
        super().put_nowait(item * 2)

    def get_nowait(self):
        return super().get_nowait() + 1


async def pass_on(queue):
    async def take():
        got = []
        for _ in range(3):
            got.append(await queue.get())
            queue.task_done()
        return got

    taker = asyncio.create_task(take())
    await asyncio.sleep(0)
    for item in range(3):
        await queue.put(item)
    print(type(queue).__name__, await taker, queue)
    await queue.join()


async def main():
    for cls in (Loud, Counting, Doubling, asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        await pass_on(cls(2))
    print(Counting.checked > 6)

    own = asyncio.Queue()
    await own.put("before")
    own._put = lambda item: own._queue.appendleft(item)
    await own.put("first")
    own.put_nowait("very first")
    print([own.get_nowait() for _ in range(own.qsize())])
    own.get_nowait = lambda: "always this"
    await own.put("unseen")
    print(await own.get(), own.qsize())

    plain = asyncio.Queue()
    await plain.put(1)
    kept = asyncio.Queue._get
    asyncio.Queue._get = lambda self: ("patched", kept(self))
    print(await plain.get())
    asyncio.Queue._get = kept
    plain.put_nowait(2)
    print(plain.get_nowait())

    bounded = asyncio.Queue(1)
    bounded.put_nowait("full")
    for call in (lambda: bounded.put_nowait("more"), asyncio.Queue().get_nowait):
        try:
            call()
        except (asyncio.QueueFull, asyncio.QueueEmpty) as error:
            print(repr(error))
    putter = asyncio.create_task(bounded.put("late"))
    await asyncio.sleep(0)
    print(bounded, len(bounded._putters))
    print(await bounded.get(), await bounded.get(), putter.done())
    await putter
    bounded.shutdown()
    for attempt in (bounded.put("x"), bounded.get()):
        try:
            await attempt
        except asyncio.QueueShutDown as error:
            print(repr(error))


asyncio.run(main())
