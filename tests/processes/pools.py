"""Pools of processes: what they refuse, what breaks them, and how they end."""

import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
import multiprocessing as mp


class Wrong(Exception):
    pass


def fail(value):
    raise Wrong(value)


def make_function(value):
    return lambda: value


def end(status):
    os._exit(status)


def slow(seconds):
    time.sleep(seconds)
    return seconds


def tell(function):
    try:
        print(function())
    except Exception as exc:
        text = str(exc).partition(" at 0x")[0]
        print(type(exc).__name__, text, "because of", type(exc.__cause__).__name__)


if __name__ == "__main__":
    context = mp.get_context("fork")
    for options in (
        {"max_workers": 0}, {"initializer": 3}, {"max_tasks_per_child": 0}, {"max_tasks_per_child": "x"},
        {"max_tasks_per_child": 2, "mp_context": context},
    ):
        tell(lambda: ProcessPoolExecutor(**options))
    executor = ProcessPoolExecutor(2)
    for function, argument in (
        (fail, 1), (lambda: 1, 2), (make_function, 3), (slow, threading.Lock()), (slow, 0.1), (end, 3), (slow, 0.1),
    ):
        tell(lambda: executor.submit(function, argument).result())
    executor.shutdown()
    tell(lambda: executor.submit(slow, 1))
    executor = ProcessPoolExecutor(2)
    futures = [executor.submit(slow, 0.2) for _ in range(8)]
    time.sleep(0.1)
    executor.shutdown(cancel_futures=True)
    print([future.cancelled() for future in futures].count(True) >= 3)
    executor = ProcessPoolExecutor(2)
    tell(lambda: list(executor.map(slow, [1], chunksize=0)))
    tell(lambda: list(executor.map(slow, [0.1] * 5, chunksize=2, buffersize=1)))
    tell(lambda: list(executor.map(slow, [0.1, 2], timeout=1)))
    executor.kill_workers()
    print(mp.active_children(), mp.cpu_count() >= 1)
