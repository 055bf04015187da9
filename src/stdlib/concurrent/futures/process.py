"""A pool of processes. A thread of the executor hands out calls and takes in results, as bytes."""

import functools
import itertools
import os
import queue
import threading
import traceback
import weakref

import _kernel
import multiprocessing as mp
from concurrent.futures import _base
from multiprocessing.starting import dumps, loads

_threads_wakeups = weakref.WeakKeyDictionary()
_global_shutdown = False
EXTRA_QUEUED_CALLS = 1      # calls that wait in the pipe beside those that run

_WAKE_UP, _END = b"w", b""      # messages to the executor's thread that are no results; the last tells of a lost process


def _python_exit():
    global _global_shutdown
    _global_shutdown = True
    items = list(_threads_wakeups.items())
    for _, inbox in items:
        _kernel.pipe_send(inbox, _WAKE_UP)
    for thread, _ in items:
        thread.join()


threading._register_atexit(_python_exit)


class _RemoteTraceback(Exception):
    """The cause of an exception from another process: its traceback as a text."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class _ExceptionWithTraceback:
    """An exception on its way to another process."""

    def __init__(self, exc, tb):
        text = "".join(traceback.format_exception(type(exc), exc, tb))
        self.exc = exc
        self.exc.__traceback__ = None
        self.tb = f'\n"""\n{text}"""'

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class _WorkItem:
    """A call in the program's process."""

    def __init__(self, future, fn, args, kwargs):
        self.future, self.fn, self.args, self.kwargs = future, fn, args, kwargs


class _CallItem:
    """A call on its way to a worker."""

    def __init__(self, work_id, fn, args, kwargs, job):
        self.work_id, self.fn, self.args, self.kwargs, self.job = work_id, fn, args, kwargs, job


class _ResultItem:
    """A result on its way back; `exit_pid` tells that the worker ends."""

    def __init__(self, work_id, exception=None, result=None, exit_pid=None):
        self.work_id, self.exception, self.result, self.exit_pid = work_id, exception, result, exit_pid


def _process_chunk(fn, chunk):
    return [fn(*args) for args in chunk]


def _sendback_result(inbox, work_id, result=None, exception=None, exit_pid=None):
    try:
        message = dumps(_ResultItem(work_id, result=result, exception=exception, exit_pid=exit_pid))
    except BaseException as exc:
        exception = _ExceptionWithTraceback(exc, exc.__traceback__)
        message = dumps(_ResultItem(work_id, exception=exception, exit_pid=exit_pid))
    _kernel.pipe_send(inbox, message)


def _process_worker(calls, inbox, initializer, initargs, max_tasks=None):
    """What a worker process does; an empty message ends it."""
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base.LOGGER.critical("Exception in initializer:", exc_info=True)
            return              # the executor's thread finds the process gone
    done, exit_pid = 0, None
    while True:
        message = _kernel.pipe_receive(calls)
        if message == _END:
            return
        call_item = loads(message)
        if max_tasks is not None:
            done += 1
            if done >= max_tasks:
                exit_pid = os.getpid()
        _kernel.job_start(call_item.job, mp.current_process().name)
        try:
            result = call_item.fn(*call_item.args, **call_item.kwargs)
        except BaseException as exc:
            exception = _ExceptionWithTraceback(exc, exc.__traceback__)
            _sendback_result(inbox, call_item.work_id, exception=exception, exit_pid=exit_pid)
        else:
            _sendback_result(inbox, call_item.work_id, result=result, exit_pid=exit_pid)
            del result
        del call_item
        if exit_pid is not None:
            return


class _ExecutorManagerThread(threading.Thread):
    """Between the executor and its processes."""

    def __init__(self, executor):
        self.inbox, self.calls = executor._inbox, executor._calls
        self.shutdown_lock = executor._shutdown_lock

        def weakref_cb(_, inbox=self.inbox):
            _kernel.pipe_send(inbox, _WAKE_UP)
        self.executor_reference = weakref.ref(executor, weakref_cb)
        self.processes = executor._processes
        self.max_queued = executor._max_workers + EXTRA_QUEUED_CALLS
        self.work_ids_queue = executor._work_ids
        self.pending_work_items = executor._pending_work_items
        super().__init__()

    def run(self):
        while True:
            self.add_call_item_to_queue()
            message = _kernel.pipe_receive(self.inbox)
            if message == _END:
                if self.has_lost_a_process():
                    return self.terminate_broken()
            elif message != _WAKE_UP:
                try:
                    item = loads(message)
                except BaseException as exc:
                    return self.terminate_broken(traceback.format_exception(exc))
                self.take_in(item)
                del item
            if self.is_shutting_down():
                self.flag_executor_shutting_down()
                self.add_call_item_to_queue()
                if not self.pending_work_items:
                    return self.join_executor_internals()

    def add_call_item_to_queue(self):
        while _kernel.pipe_size(self.calls) < self.max_queued:
            try:
                work_id = self.work_ids_queue.get(block=False)
            except queue.Empty:
                return
            work_item = self.pending_work_items[work_id]
            if work_item.future.set_running_or_notify_cancel():
                self.send(work_id, work_item)
            else:
                del self.pending_work_items[work_id]

    def send(self, work_id, work_item):
        job = work_item.future._job()
        try:
            message = dumps(_CallItem(work_id, work_item.fn, work_item.args, work_item.kwargs, job))
        except Exception as exc:
            text = "".join(traceback.format_exception(type(exc), exc, exc.__traceback__))
            exc.__cause__ = _RemoteTraceback(f'\n"""\n{text}"""')
            del self.pending_work_items[work_id]
            work_item.future.set_exception(exc)
        else:
            _kernel.pipe_send(self.calls, message)

    def has_lost_a_process(self):
        return any(process.exitcode is not None for process in self.processes.values())

    def take_in(self, item):
        work_item = self.pending_work_items.pop(item.work_id, None)
        if work_item is not None:
            if item.exception is not None:
                work_item.future.set_exception(item.exception)
            else:
                work_item.future.set_result(item.result)
            _kernel.job_finish(work_item.future._job(), work_item.future._state)
        exited = item.exit_pid is not None
        if exited:
            self.processes.pop(item.exit_pid).join()
        if executor := self.executor_reference():
            if exited:
                with self.shutdown_lock:
                    executor._replace_dead_worker()
            else:
                executor._idle_worker_semaphore.release()

    def is_shutting_down(self):
        executor = self.executor_reference()
        return _global_shutdown or executor is None or executor._shutdown_thread

    def flag_executor_shutting_down(self):
        executor = self.executor_reference()
        if executor is None:
            return
        executor._shutdown_thread = True
        if executor._cancel_pending_futures:
            kept = {work_id: item for work_id, item in self.pending_work_items.items() if not item.future.cancel()}
            self.pending_work_items.clear()
            self.pending_work_items.update(kept)
            while not self.work_ids_queue.empty():
                self.work_ids_queue.get_nowait()
            executor._cancel_pending_futures = False

    def terminate_broken(self, cause=None):
        executor = self.executor_reference()
        if executor is not None:
            executor._broken = "A child process terminated abruptly, the process pool is not usable anymore"
            executor._shutdown_thread = True
            executor = None
        broken = BrokenProcessPool("A process in the process pool was terminated abruptly while the future was "
                                   "running or pending.")
        if cause is not None:
            broken.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(cause)}'''")
        for work_item in self.pending_work_items.values():
            future = work_item.future
            try:
                future.set_exception(broken)
            except _base.InvalidStateError:
                pass            # it was cancelled
            _kernel.job_finish(future._job(), future._state)
        self.pending_work_items.clear()
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.join()

    def join_executor_internals(self):
        for _ in self.processes:
            _kernel.pipe_send(self.calls, _END)
        for process in self.processes.values():
            process.join()


class BrokenProcessPool(_base.BrokenExecutor):
    """A worker process ended in the middle of its work."""


class ProcessPoolExecutor(_base.Executor):
    """Runs calls in other processes, which are started as they are needed."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        if max_workers is None:
            self._max_workers = os.process_cpu_count() or 1
        else:
            if max_workers <= 0:
                raise ValueError("max_workers must be greater than 0")
            self._max_workers = max_workers
        if mp_context is None:
            mp_context = mp.get_context("spawn") if max_tasks_per_child is not None else mp.get_context()
        self._mp_context = mp_context
        self._safe_to_dynamically_spawn_children = mp_context.get_start_method(allow_none=False) != "fork"
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._initializer, self._initargs = initializer, initargs
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
            if not self._safe_to_dynamically_spawn_children:
                raise ValueError("max_tasks_per_child is incompatible with the 'fork' multiprocessing start method; "
                                 "supply a different mp_context.")
        self._max_tasks_per_child = max_tasks_per_child
        self._executor_manager_thread = None
        self._processes = {}
        self._shutdown_thread = False
        self._shutdown_lock = threading.Lock()
        self._idle_worker_semaphore = threading.Semaphore(0)
        self._broken = False
        self._queue_count = 0
        self._pending_work_items = {}
        self._cancel_pending_futures = False
        self._inbox, self._calls = _kernel.pipe_new(), _kernel.pipe_new()
        self._work_ids = queue.Queue()
        self._pool = _kernel.pool_new(mp_context.Process.__name__, self._max_workers)

    def _start_executor_manager_thread(self):
        if self._executor_manager_thread is None:
            if not self._safe_to_dynamically_spawn_children:
                for _ in range(len(self._processes), self._max_workers):
                    self._spawn_process()
            self._executor_manager_thread = _ExecutorManagerThread(self)
            self._executor_manager_thread.start()
            _threads_wakeups[self._executor_manager_thread] = self._inbox

    def _adjust_process_count(self):
        if self._idle_worker_semaphore.acquire(blocking=False):
            return
        if len(self._processes) < self._max_workers:
            self._spawn_process()

    def _replace_dead_worker(self):
        assert self._safe_to_dynamically_spawn_children
        if self._idle_worker_semaphore.acquire(blocking=False):
            return
        self._spawn_process()

    def _spawn_process(self):
        process = self._mp_context.Process(target=_process_worker, args=(
            self._calls, self._inbox, self._initializer, self._initargs, self._max_tasks_per_child))
        process._inbox = self._inbox
        process.start()
        self._processes[process.pid] = process

    def submit(self, fn, /, *args, **kwargs):
        """Hands a call to the workers; gives its future."""
        with self._shutdown_lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shutdown_thread:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if _global_shutdown:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            future = _base.Future()
            self._pending_work_items[self._queue_count] = _WorkItem(future, fn, args, kwargs)
            self._work_ids.put(self._queue_count)
            self._queue_count += 1
            _kernel.job_submit(future._job(), fn, self._pool, (*args, ...) if kwargs else args)
            _kernel.pipe_send(self._inbox, _WAKE_UP)
            if self._safe_to_dynamically_spawn_children:
                self._adjust_process_count()
            self._start_executor_manager_thread()
            return future

    def map(self, fn, *iterables, timeout=None, chunksize=1, buffersize=None):
        """Like `map`, with the calls sent in chunks."""
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        chunks = itertools.batched(zip(*iterables), chunksize)
        results = super().map(functools.partial(_process_chunk, fn), chunks, timeout=timeout, buffersize=buffersize)
        return _chain_from_iterable_of_lists(results)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Refuses further calls; waits for the processes, unless told not to."""
        _kernel.pool_shutdown(self._pool)
        with self._shutdown_lock:
            self._cancel_pending_futures = cancel_futures
            self._shutdown_thread = True
            if self._executor_manager_thread is not None:
                _kernel.pipe_send(self._inbox, _WAKE_UP)
        if self._executor_manager_thread is not None and wait:
            self._executor_manager_thread.join()
        self._executor_manager_thread = None
        self._processes = None

    def terminate_workers(self):
        """Ends the workers at once, by SIGTERM."""
        return self._force_shutdown("terminate")

    def kill_workers(self):
        """Ends the workers at once, by SIGKILL."""
        return self._force_shutdown("kill")

    def _force_shutdown(self, operation):
        processes = {}
        if self._processes:
            processes = self._processes.copy()
        self.shutdown(wait=False, cancel_futures=True)
        for process in processes.values():
            if process.is_alive():
                getattr(process, operation)()


def _chain_from_iterable_of_lists(iterable):
    for element in iterable:
        element.reverse()
        while element:
            yield element.pop()
