"""Pools of threads of `multiprocessing`, and its interface with threads. Prints only what does not depend on time."""

import threading
import time
from multiprocessing import TimeoutError, dummy
from multiprocessing.dummy import Lock, Manager, Pool, Process, Queue, active_children, current_process
from multiprocessing.pool import AsyncResult, ThreadPool
from signal import SIGINT, SIGTERM, SIGUSR1


def square(x):
    time.sleep(0.01 * x)
    return x * x


def picky(x):
    if x == 2:
        raise ValueError(f"not {x}")
    return x


def add(a, b=0):
    return a + b


def two_and_out():
    yield 1
    yield 3
    raise KeyError("no more")


def fails(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, str(error).split(" object at")[0])


with ThreadPool(3) as pool:
    print(pool, [thread.name for thread in threading.enumerate()])
    print(pool.map(square, [3, 1, 2]), pool.map(square, range(20), chunksize=3), pool.map(square, []))
    print(pool.starmap(add, [(1, 2), (3,)]), pool.apply(add, (1,), {"b": 2}))
    result = pool.apply_async(square, (5,), callback=lambda value: print("callback", value))
    fails(result.successful)
    print(result.ready(), result.get(), result.ready(), result.successful(), isinstance(result, AsyncResult))
    result = pool.apply_async(picky, (2,), error_callback=lambda error: print("error callback", error))
    result.wait()
    print(result.successful())
    fails(result.get)
    fails(pool.map, picky, [1, 2, 3])
    print(list(pool.imap(square, [3, 1, 2])), sorted(pool.imap_unordered(square, [3, 1, 2])))
    print(list(pool.imap(add, range(7), chunksize=3)))
    found = pool.imap(picky, [1, 2, 3])
    for _ in range(4):
        fails(next, found)
    fails(pool.map, picky, two_and_out())
    found = pool.imap(picky, two_and_out())
    for _ in range(3):
        fails(next, found)
    fails(pool.imap, picky, [], 0)
    slow = pool.map_async(time.sleep, [0.2])
    try:
        slow.get(timeout=0.05)
    except TimeoutError as error:
        print("timeout", repr(error))
    print(slow.get(), pool.starmap_async(add, [(1, 1)]).get())
    slow = pool.imap_unordered(time.sleep, [0.2])
    fails(slow.next, 0.01)
    print(slow.next(1))
fails(pool.apply, add, (1,))

pool = ThreadPool(2, initializer=lambda text: print("begin", text), initargs=("work",))
fails(pool.join)
print(sum(pool.map(square, range(10))))
pool.close()
pool.join()
print(pool, threading.active_count())
fails(pool.map, add, [1])
fails(ThreadPool, 0)
fails(ThreadPool, 1, 5)

total, lock = dummy.Value("i", 0), Lock()


def count(times):
    for _ in range(times):
        with lock:
            total.value += 1


processes = [Process(target=count, args=(100,), name=f"P{n}") for n in range(4)]
for process in processes:
    process.start()
for process in processes:
    process.join()
print(total, [process.exitcode for process in processes], active_children(), current_process().name)
queue = Queue()
with Pool(2) as pool:
    pool.map(queue.put, range(3))
print(sorted(queue.get() for _ in range(3)), Manager() is dummy, dummy.Namespace(b=2, a=1), dummy.Array("i", [1, 2]))
print(SIGINT, SIGTERM, SIGUSR1.name)
