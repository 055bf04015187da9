"""One workload that computes and one that sleeps, done in several ways: prints how long each takes."""

import asyncio
import threading
import time
from concurrent.futures import ProcessPoolExecutor


def compute(data=b""):
    for _ in range(100_000):
        pass
    return data


def sleep(data=None):
    time.sleep(1)


async def asynchronous_compute():
    compute()


async def gather(function):
    await asyncio.gather(*(function() for _ in range(4)))


def threads(count, work):
    started = [threading.Thread(target=work) for _ in range(count)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def measure(name, function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    print(name, time.perf_counter() - start)


def processes(executor, work, data):
    for _ in executor.map(work, data):
        pass


if __name__ == "__main__":
    measure("compute, once", compute)
    for count in 1, 4:
        plural = "thread" if count == 1 else "threads"
        measure(f"compute, {count} {plural}", threads, count, compute)
        measure(f"sleep, {count} {plural}", threads, count, sleep)
    measure("compute, asyncio", asyncio.run, gather(asynchronous_compute))
    measure("sleep, asyncio", asyncio.run, gather(lambda: asyncio.sleep(1)))
    with ProcessPoolExecutor(4) as executor:
        processes(executor, sleep, range(4))    # starts the processes
        measure("compute, 4 processes", processes, executor, compute, [b""] * 4)
        measure("compute, 4 processes, large", processes, executor, compute, [bytes(1_000_000)] * 4)
        measure("sleep, 4 processes", processes, executor, sleep, range(4))
