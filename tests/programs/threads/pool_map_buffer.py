"""Executor.map that takes its arguments as results are taken."""

import time
from concurrent.futures import ThreadPoolExecutor
def src():
    for i in range(6):
        print("take", i); yield i
def work(x):
    time.sleep(0.1 * (x % 3)); print("done", x); return x * x
with ThreadPoolExecutor(2) as ex:
    for r in ex.map(work, src(), buffersize=2):
        print("got", r)
    it = ex.map(work, [5, 2], timeout=0.15)
    try:
        for r in it: print("r", r)
    except TimeoutError as e: print("timeout", repr(e))
    for bad in (0, "x"):
        try: ex.map(work, [1], buffersize=bad)
        except Exception as e: print(type(e).__name__, e)
    print(list(ex.map(pow, [2, 3, 4], [3, 2])), list(ex.map(work, [])))
    def err(x):
        if x == 1: raise ValueError(x)
        return x
    it = ex.map(err, range(3))
    print(next(it))
    try: next(it)
    except ValueError as e: print("E", e)
    print(list(it))
