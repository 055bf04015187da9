"""The exception of a job does not keep the job's future, so both are gone as soon as nobody refers to them."""
import concurrent.futures
import gc
import weakref


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        print("left")


def fail():
    with Manager() as manager:
        raise ValueError(type(manager).__name__)


gc.disable()
pool = concurrent.futures.ThreadPoolExecutor(1)
future = pool.submit(fail)
print(repr(future.exception()))
gone = weakref.ref(future, lambda reference: print("future gone"))
pool.submit(print, "next job").result()
future = None
print("end", gone())
pool.shutdown()
