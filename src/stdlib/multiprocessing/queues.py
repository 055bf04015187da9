"""Queues between processes: a pipe that any of them can write to and read from."""

import types
from queue import Empty, Full

import _kernel
from multiprocessing.starting import dumps, loads

__all__ = ["Queue", "SimpleQueue"]


class Queue:
    """First in, first out. A bound is a second pipe, with a message for each free place."""

    def __init__(self, maxsize=0, *, ctx):
        self._maxsize = maxsize
        self._pipe = _kernel.pipe_new()
        self._places = None
        if maxsize > 0:
            self._places = _kernel.pipe_new()
            for _ in range(maxsize):
                _kernel.pipe_send(self._places, b"\0")
        self._closed = False

    __class_getitem__ = classmethod(types.GenericAlias)

    def put(self, obj, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if self._places is not None:
            if _kernel.pipe_receive(self._places, _limit(block, timeout)) is None:
                raise Full
        try:
            message = dumps(obj)
        except Exception:
            import traceback
            traceback.print_exc()       # in CPython a thread of the queue finds it out
            if self._places is not None:
                _kernel.pipe_send(self._places, b"\0")
            return
        _kernel.pipe_send(self._pipe, message)

    def get(self, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        message = _kernel.pipe_receive(self._pipe, _limit(block, timeout))
        if message is None:
            raise Empty
        if self._places is not None:
            _kernel.pipe_send(self._places, b"\0")
        return loads(message)

    def put_nowait(self, obj):
        return self.put(obj, False)

    def get_nowait(self):
        return self.get(False)

    def qsize(self):
        return _kernel.pipe_size(self._pipe)

    def empty(self):
        return self.qsize() == 0

    def full(self):
        return self._places is not None and _kernel.pipe_size(self._places) == 0

    def close(self):
        self._closed = True

    def join_thread(self):
        assert self._closed, f"Queue {self!r} not closed"

    def cancel_join_thread(self):
        pass


def _limit(block, timeout):
    if not block:
        return 0
    return None if timeout is None else max(timeout, 0)


class SimpleQueue:
    """First in, first out, without bound and time limits."""

    def __init__(self, *, ctx):
        self._pipe = _kernel.pipe_new()

    __class_getitem__ = classmethod(types.GenericAlias)

    def put(self, obj):
        _kernel.pipe_send(self._pipe, dumps(obj))

    def get(self):
        return loads(_kernel.pipe_receive(self._pipe))

    def empty(self):
        return _kernel.pipe_size(self._pipe) == 0

    def close(self):
        pass
