# Shows: tasks that wait in a queue, a lock, an event or a sleep are looked into, cancelled and woken in every order
import asyncio
import inspect


def chain(task):
    names, coro = [], task.get_coro()
    while coro is not None:
        if inspect.iscoroutine(coro):
            names.append(f"{coro.__qualname__} {inspect.getcoroutinestate(coro)}")
        coro = getattr(coro, "cr_await", None)
    return names


async def take(queue):
    return await queue.get()


async def enter(lock):
    async with lock:
        return "was in"


async def acquire(lock):
    got = await lock.acquire()
    lock.release()
    return got


async def wait(event):
    return await event.wait()


async def rest(delay):
    return await asyncio.sleep(delay)


async def looked_at():
    queue, lock, event = asyncio.Queue(), asyncio.Lock(), asyncio.Event()
    await lock.acquire()
    coros = take(queue), enter(lock), acquire(lock), wait(event), rest(1)
    tasks = [asyncio.create_task(coro) for coro in coros]
    await asyncio.sleep(0.1)
    for task in tasks:
        print(*chain(task), sep=" > ")
    print(queue, len(queue._getters), len(lock._waiters), len(event._waiters))
    queue.put_nowait("item")
    lock.release()
    event.set()
    print(await asyncio.gather(*tasks))
    for task in tasks:
        print(task.get_coro().cr_await, task.get_coro().cr_frame)


async def cancelled(make, look):
    task = asyncio.create_task(make())
    await asyncio.sleep(0.1)
    if look:
        chain(task)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args, end="; ")


async def cancellations():
    queue, lock, event = asyncio.Queue(), asyncio.Lock(), asyncio.Event()
    await lock.acquire()
    for look in (False, True):
        await cancelled(lambda: take(queue), look)
        await cancelled(lambda: enter(lock), look)
        await cancelled(lambda: acquire(lock), look)
        await cancelled(lambda: wait(event), look)
        await cancelled(lambda: rest(1), look)
        print(len(queue._getters), len(lock._waiters), len(event._waiters))


async def woken_and_cancelled():
    queue, lock, event = asyncio.Queue(), asyncio.Lock(), asyncio.Event()
    await lock.acquire()
    takers = [asyncio.create_task(take(queue)) for _ in range(2)]
    entering = [asyncio.create_task(enter(lock)) for _ in range(3)]
    waiting = asyncio.create_task(wait(event))
    await asyncio.sleep(0)
    queue.put_nowait("for the second")
    takers[0].cancel()
    lock.release()
    entering[0].cancel()
    event.set()
    waiting.cancel()
    for task in (*takers, *entering, waiting):
        try:
            print(await task, end="; ")
        except asyncio.CancelledError:
            print("cancelled", end="; ")
    print(lock.locked(), queue.empty())


async def stolen():
    queue = asyncio.Queue()
    slow = asyncio.create_task(take(queue))
    await asyncio.sleep(0)
    queue.put_nowait(1)
    print("stolen", queue.get_nowait())
    await asyncio.sleep(0)
    print(*chain(slow), sep=" > ")
    queue.put_nowait(2)
    print(await slow)


async def main():
    await looked_at()
    await cancellations()
    await woken_and_cancelled()
    await stolen()


asyncio.run(main())
