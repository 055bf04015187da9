"""`queue.SimpleQueue`: unbounded, first in, first out."""

from _loopscope import c_type
import types
from _collections import deque


class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


Empty.__module__ = "_queue"


@c_type
class SimpleQueue:
    """A queue without bound and without accounts of what is done."""

    def __init__(self):
        import threading
        self._queue = deque()
        self._count = threading.Semaphore(0)

    __class_getitem__ = classmethod(types.GenericAlias)

    def put(self, item, block=True, timeout=None):
        self._queue.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        if not block:
            timeout = None
        elif timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not self._count.acquire(block, timeout):
            raise Empty
        return self._queue.popleft()

    def put_nowait(self, item):
        return self.put(item, block=False)

    def get_nowait(self):
        return self.get(block=False)

    def empty(self):
        return len(self._queue) == 0

    def qsize(self):
        return len(self._queue)
