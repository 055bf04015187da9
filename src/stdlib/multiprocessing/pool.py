"""Pools of threads with the interface of pools of processes."""

import collections
import itertools
import os
import queue
import threading
from multiprocessing.context import TimeoutError
from types import GenericAlias

from _loopscope import unsupported

__all__ = ["Pool", "ThreadPool"]

INIT, RUN, CLOSE, TERMINATE = "INIT", "RUN", "CLOSE", "TERMINATE"
_jobs = itertools.count()


def worker(inqueue, outqueue, initializer=None, initargs=()):
    """What each worker does: task after task, until there is none."""
    if initializer is not None:
        initializer(*initargs)
    while True:
        task = inqueue.get()
        if task is None:
            return
        job, number, func, args, kwds = task
        try:
            result = (True, func(*args, **kwds))
        except Exception as error:
            result = (False, error)
        outqueue.put((job, number, result))
        task = job = result = func = args = kwds = None


def mapstar(args):
    """Calls a function for each item of a chunk."""
    return list(map(*args))


def starmapstar(args):
    """Calls a function with each tuple of a chunk."""
    return list(itertools.starmap(args[0], args[1]))


def _reraise(error):
    raise error


class _Cache(dict):
    """Results that are waited for; tells when there are none."""

    def __init__(self, notifier):
        super().__init__()
        self.notifier = notifier

    def __delitem__(self, job):
        super().__delitem__(job)
        if not self:
            self.notifier.put(None)


class Pool:
    """A pool of processes, which are not here."""

    def __init__(self, *args, **kwargs):
        unsupported("multiprocessing.Pool")

    # Tasks.

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        """Calls a function in a worker, and waits for its result."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Calls a function in a worker."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put(([(result._job, 0, func, args, kwds)], None))
        return result

    def map(self, func, iterable, chunksize=None):
        """The results of a function for all items, in their order."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """The same without waiting."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def starmap(self, func, iterable, chunksize=None):
        """The results of a function for all tuples of arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """The same without waiting."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, "__len__"):
            iterable = list(iterable)
        if chunksize is None:
            chunksize, rest = divmod(len(iterable), len(self._pool) * 4)
            chunksize += bool(rest)
        if len(iterable) == 0:
            chunksize = 0
        chunks = self._get_tasks(func, iterable, chunksize)
        result = MapResult(self, chunksize, len(iterable), callback, error_callback)
        self._taskqueue.put((self._tasks_of(result._job, mapper, chunks), None))
        return result

    @staticmethod
    def _get_tasks(func, iterable, size):
        iterator = iter(iterable)
        while chunk := tuple(itertools.islice(iterator, size)):
            yield (func, chunk)

    @staticmethod
    def _tasks_of(job, func, iterable):
        """A task for each item; an error while going over them is the result of the next one."""
        number = -1
        try:
            for number, item in enumerate(iterable):
                yield (job, number, func, (item,), {})
        except Exception as error:
            yield (job, number + 1, _reraise, (error,), {})

    def imap(self, func, iterable, chunksize=1):
        """An iterator over the results, in the order of the items."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """An iterator over the results, in the order in which they come."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        result = kind(self)
        if chunksize == 1:
            tasks = self._tasks_of(result._job, func, iterable)
        else:
            tasks = self._tasks_of(result._job, mapstar, self._get_tasks(func, iterable, chunksize))
        self._taskqueue.put((tasks, result._set_length))
        return result if chunksize == 1 else (item for chunk in result for item in chunk)

    # The threads that keep it going.

    @staticmethod
    def _handle_workers(pool):
        """Waits until no more work can come."""
        handler = threading.current_thread()
        while handler._state == RUN or (pool._cache and handler._state != TERMINATE):
            pool._change_notifier.get()
        pool._taskqueue.put(None)

    @staticmethod
    def _handle_tasks(pool):
        """Hands tasks to the workers."""
        handler = threading.current_thread()
        for tasks, set_length in iter(pool._taskqueue.get, None):
            number = -1
            for task in tasks:
                if handler._state != RUN:
                    break
                number = task[1]
                pool._inqueue.put(task)
            else:
                if set_length:
                    set_length(number + 1)
                continue
            break
        pool._outqueue.put(None)
        for _ in pool._pool:
            pool._inqueue.put(None)

    @staticmethod
    def _handle_results(pool):
        """Hands results to those who wait for them."""
        for job, number, result in iter(pool._outqueue.get, None):
            if job in pool._cache:
                pool._cache[job]._set(number, result)
        handler = threading.current_thread()
        while pool._cache and handler._state != TERMINATE:
            found = pool._outqueue.get()
            if found is not None and found[0] in pool._cache:
                pool._cache[found[0]]._set(*found[1:])

    # Its end.

    def close(self):
        """Takes no more tasks."""
        if self._state == RUN:
            self._state = CLOSE
            self._worker_handler._state = CLOSE
            self._change_notifier.put(None)

    def terminate(self):
        """Drops the tasks that have not begun."""
        if self._state == TERMINATE:
            return
        self._state = self._worker_handler._state = TERMINATE
        self._change_notifier.put(None)
        self._task_handler._state = TERMINATE
        while not self._inqueue.empty():
            self._inqueue.get()
        for _ in self._pool:
            self._inqueue.put(None)
        self._worker_handler.join()
        self._result_handler._state = TERMINATE
        self._outqueue.put(None)
        for handler in (self._task_handler, self._result_handler):
            if threading.current_thread() is not handler:
                handler.join()

    def join(self):
        """Waits until all threads have ended."""
        if self._state == RUN:
            raise ValueError("Pool is still running")
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError("In unknown state")
        for thread in (self._worker_handler, self._task_handler, self._result_handler, *self._pool):
            thread.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={len(self._pool)}>"


class ThreadPool(Pool):
    """Threads that carry out tasks."""

    def __init__(self, processes=None, initializer=None, initargs=()):
        from multiprocessing.dummy import Process

        processes = os.process_cpu_count() or 1 if processes is None else processes
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._pool, self._state = [], INIT
        self._taskqueue, self._inqueue, self._outqueue = queue.SimpleQueue(), queue.SimpleQueue(), queue.SimpleQueue()
        self._change_notifier = queue.SimpleQueue()
        self._cache = _Cache(self._change_notifier)
        for _ in range(processes):
            one = Process(target=worker, args=(self._inqueue, self._outqueue, initializer, initargs))
            self._pool.append(one)
            one.daemon = True
            one.start()
        self._worker_handler = self._handler(Pool._handle_workers)
        self._task_handler = self._handler(Pool._handle_tasks)
        self._result_handler = self._handler(Pool._handle_results)
        self._state = RUN

    def _handler(self, target):
        thread = threading.Thread(target=target, args=(self,))
        thread.daemon = True
        thread._state = RUN
        thread.start()
        return thread


class ApplyResult:
    """The result of a call that is waited for."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, pool, callback, error_callback):
        self._pool, self._event = pool, threading.Event()
        self._job, self._cache = next(_jobs), pool._cache
        self._callback, self._error_callback = callback, error_callback
        self._cache[self._job] = self

    def ready(self):
        """Is it there?"""
        return self._event.is_set()

    def successful(self):
        """Was there no exception?"""
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        """Waits until it is there."""
        self._event.wait(timeout)

    def get(self, timeout=None):
        """Waits for it, and raises the exception of the call."""
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, i, obj):
        self._success, self._value = obj
        if self._callback and self._success:
            self._callback(self._value)
        if self._error_callback and not self._success:
            self._error_callback(self._value)
        self._event.set()
        del self._cache[self._job]
        self._pool = None


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results for all items, which come in chunks."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success, self._value = True, [None] * length
        self._chunksize = chunksize
        if chunksize <= 0:
            self._number_left = 0
            self._event.set()
            del self._cache[self._job]
        else:
            self._number_left = -(-length // chunksize)

    def _set(self, i, success_result):
        self._number_left -= 1
        success, result = success_result
        if success and self._success:
            self._value[i * self._chunksize : (i + 1) * self._chunksize] = result
        elif not success and self._success:
            self._success, self._value = False, result
        if self._number_left:
            return
        callback = self._callback if self._success else self._error_callback
        if callback:
            callback(self._value)
        del self._cache[self._job]
        self._event.set()
        self._pool = None


class IMapIterator:
    """Results one after the other, in the order of the items."""

    def __init__(self, pool):
        self._pool, self._cond = pool, threading.Condition(threading.Lock())
        self._job, self._cache = next(_jobs), pool._cache
        self._items, self._index, self._length, self._unsorted = collections.deque(), 0, None, {}
        self._cache[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result."""
        with self._cond:
            if not self._items:
                self._check_end()
                self._cond.wait(timeout)
                if not self._items:
                    self._check_end()
                    raise TimeoutError from None
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _check_end(self):
        if self._index == self._length:
            self._pool = None
            raise StopIteration from None

    def _set(self, i, obj):
        with self._cond:
            if self._index == i:
                self._add(obj)
                while self._index in self._unsorted:
                    self._add(self._unsorted.pop(self._index))
                self._cond.notify()
            else:
                self._unsorted[i] = obj
            self._finish()

    def _add(self, obj):
        self._items.append(obj)
        self._index += 1

    def _finish(self):
        if self._index == self._length:
            del self._cache[self._job]
            self._pool = None

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == length:
                self._cond.notify()
            self._finish()


class IMapUnorderedIterator(IMapIterator):
    """Results as they come."""

    def _set(self, i, obj):
        with self._cond:
            self._add(obj)
            self._cond.notify()
            self._finish()
