"""Methods that are overridden while a loop runs and queues are in use."""

import asyncio
import collections


class Loop(asyncio.SelectorEventLoop):
    pass


class Own(collections.deque):
    def append(self, item):
        print("append", item)
        super().append(item)

    def popleft(self):
        item = super().popleft()
        print("popleft", item)
        return item


class OnOwn(asyncio.Queue):
    def _init(self, maxsize):
        self._queue = Own()


class Telling(asyncio.Lock):
    def __setattr__(self, name, value):
        if name == "_locked":
            print("set", name, value)
        super().__setattr__(name, value)


async def iterations():
    loop, counts = asyncio.get_running_loop(), [0, 0]
    plain = loop._run_once

    def of_loop():
        counts[0] += 1
        plain()

    loop._run_once = of_loop
    for _ in range(5):
        await asyncio.sleep(0)
    del loop._run_once

    def of_class(self):
        counts[1] += 1
        asyncio.SelectorEventLoop._run_once(self)

    Loop._run_once = of_class
    for _ in range(5):
        await asyncio.sleep(0)
    del Loop._run_once
    await asyncio.sleep(0.1)
    print(counts)


async def queues():
    queue = OnOwn()
    await queue.put(1)
    print(await queue.get())

    replaced = asyncio.Queue()
    await replaced.put(0)
    kept = replaced.__dict__
    replaced.__dict__ = {**kept, "_put": lambda item: kept["_queue"].append(("own", item))}
    replaced.put_nowait(1)
    print(replaced.get_nowait(), replaced.get_nowait())

    joined = asyncio.Queue()
    await joined.put("x")
    clear = joined._finished.clear
    joined._finished.clear = lambda: (print("cleared"), clear())
    await joined.put("y")
    print(joined.qsize())


async def locks():
    lock = Telling()
    async with lock:
        waiting = asyncio.create_task(lock.acquire())
        await asyncio.sleep(0)
    print(await waiting, lock.locked())
    lock.release()


async def clocks():
    loop = asyncio.get_running_loop()
    handle = loop.call_later(1, print)
    handle.cancel()
    real = loop.time
    loop.time = lambda: real() + 1000
    later = loop.call_later(1, print)
    print(round(later.when() - handle.when()))
    later.cancel()
    del loop.time


async def main():
    for part in (iterations, queues, locks, clocks):
        print("-", part.__name__)
        await part()


with asyncio.Runner(loop_factory=Loop) as runner:
    runner.run(main())
