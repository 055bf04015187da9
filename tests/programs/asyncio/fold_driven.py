# Shows: coroutines that wait in a queue, a lock or a sleep, driven by hand, thrown into, closed and timed out
import asyncio


class Loud(asyncio.Lock):
    async def acquire(self):
        print("acquires", end=" ")
        return await super().acquire()

    def release(self):
        print("releases", end=" ")
        super().release()


class Counting(asyncio.Queue):
    def _get(self):
        print("gets", end=" ")
        return super()._get()


async def both(lock, queue):
    async with lock:
        return await queue.get()


async def by_hand():
    queue = asyncio.Queue()
    coro = queue.get()
    outer = both(asyncio.Lock(), queue)
    first, second = coro.send(None), outer.send(None)
    print(first, second._asyncio_future_blocking, len(queue._getters))
    for one, future in ((coro, first), (outer, second)):
        try:
            one.throw(KeyError("thrown"))
        except KeyError as error:
            print(type(error).__name__, future, len(queue._getters))
    third = both(asyncio.Lock(), queue)
    future = third.send(None)
    queue.put_nowait("here")
    print(future)
    try:
        third.send(None)
    except StopIteration as stop:
        print("returned", stop.value)
    fourth = both(asyncio.Lock(), queue)
    fourth.send(None)
    try:
        fourth.send(None)
    except RuntimeError as error:
        print(error)
    fifth = both(asyncio.Lock(), queue)
    fifth.send(None)
    fifth.close()
    print(len(queue._getters), fifth.cr_frame)


async def overridden():
    lock, queue = Loud(), Counting()
    async with lock:
        other = asyncio.create_task(both(lock, queue))
        await asyncio.sleep(0)
        await queue.put("a")
    print(await other)
    async with lock:
        print("within", end=" ")
    await lock.acquire()
    lock.release()
    print()
    plain = asyncio.Lock()
    plain.release = lambda: print("released by its own method")
    async with plain:
        pass
    print(plain.locked())


async def late():
    queue, lock, event = asyncio.Queue(maxsize=1), asyncio.Lock(), asyncio.Event()
    await lock.acquire()
    await queue.put(1)
    for coro in (asyncio.sleep(1), lock.acquire(), event.wait(), queue.put(2), both(lock, queue)):
        try:
            async with asyncio.timeout(0.25):
                await coro
        except TimeoutError:
            print("late", asyncio.get_running_loop().time())
    for make in (lambda: asyncio.sleep(1), lock.acquire, event.wait, lambda: queue.put(3)):
        try:
            async with asyncio.timeout(0.25):
                await make()
        except TimeoutError:
            print("late", asyncio.get_running_loop().time())
    print(queue.qsize(), len(queue._putters), len(lock._waiters))


async def broken():
    lock = asyncio.Lock()
    try:
        async with lock:
            async with asyncio.timeout(0.1):
                await asyncio.sleep(1)
    except TimeoutError:
        print("left", lock.locked())
    try:
        async with lock:
            lock.release()
    except RuntimeError as error:
        print(error)
    queue = asyncio.Queue()
    task = asyncio.create_task(both(lock, queue))
    await asyncio.sleep(0)
    queue.shutdown()
    try:
        await task
    except asyncio.QueueShutDown:
        print("shut down", lock.locked())
    print(await asyncio.sleep(0.1, "rested"), await asyncio.sleep(True), await asyncio.sleep(-1))


async def main():
    for part in (by_hand, overridden, late, broken):
        print(f"{part.__name__}:")
        await part()


asyncio.run(main())
