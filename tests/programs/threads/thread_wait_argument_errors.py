# What waits for a lock or for time, given arguments of the wrong number, kind or range.
import threading
import time


def tell(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


for lock in (threading.Lock(), threading.RLock()):
    tell(lambda: lock.acquire(timeout="soon"))
    tell(lambda: lock.acquire(timeout=None))
    tell(lambda: lock.acquire(1, []))
    tell(lambda: lock.acquire("yes"))
    tell(lambda: lock.acquire(1, 2, 3))
    tell(lambda: lock.acquire(wait=1))
    tell(lambda: lock.acquire(timeout=1e20))
    tell(lambda: lock.acquire(timeout=float("nan")))
    tell(lambda: lock.acquire(False, 5))
    tell(lambda: lock.acquire(True, -5))
    tell(lambda: lock.release(1))
tell(lambda: time.sleep("a while"))
tell(lambda: time.sleep())
tell(lambda: time.sleep(None))
tell(lambda: time.sleep(1, 2))
tell(lambda: time.sleep(secs=1))
tell(lambda: time.sleep(float("nan")))
tell(lambda: time.sleep(-1))
tell(lambda: time.sleep(1e20))
tell(lambda: time.sleep(1j))
