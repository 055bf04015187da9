"""Tasks, and waiting for several awaitables."""

__all__ = ("Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for",
           "as_completed", "sleep", "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task",
           "all_tasks", "create_eager_task_factory", "eager_task_factory", "_register_task", "_unregister_task",
           "_enter_task", "_leave_task")

import concurrent.futures
import functools
import inspect
import math
import types

from _asyncio import Task, all_tasks, current_task
from _asyncio import _enter_task, _leave_task, _register_eager_task, _register_task, _swap_current_task
from _asyncio import _unregister_eager_task, _unregister_task
from _kernel import begin_sleep, gather_leave, gather_plainly, start_task

from . import coroutines
from . import events
from . import exceptions
from . import futures
from . import queues
from . import timeouts

_CTask = _PyTask = Task

FIRST_COMPLETED = concurrent.futures.FIRST_COMPLETED
FIRST_EXCEPTION = concurrent.futures.FIRST_EXCEPTION
ALL_COMPLETED = concurrent.futures.ALL_COMPLETED


def create_task(coro, **kwargs):
    """A task of the running loop for a coroutine."""
    return start_task(coro, kwargs)


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Waits for futures; gives the sets of those that are done and of those that are not."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = _distinct(fs)
    if any(coroutines.iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def wait_for(fut, timeout):
    """Waits for an awaitable, but no longer than that; then it is cancelled."""
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except exceptions.CancelledError as exc:
            raise TimeoutError from exc
    async with timeouts.timeout(timeout):
        return await fut


async def _wait(fs, timeout, return_when, loop):
    waiter = loop.create_future()
    timeout_handle = None
    if timeout is not None:
        timeout_handle = loop.call_later(timeout, _release_waiter, waiter)
    counter = len(fs)
    cur_task = current_task()

    def _on_completion(f):
        nonlocal counter
        counter -= 1
        if (counter <= 0 or return_when == FIRST_COMPLETED or return_when == FIRST_EXCEPTION
                and not f.cancelled() and f.exception() is not None):
            if timeout_handle is not None:
                timeout_handle.cancel()
            if not waiter.done():
                waiter.set_result(None)
        futures.future_discard_from_awaited_by(f, cur_task)

    for f in fs:
        f.add_done_callback(_on_completion)
        futures.future_add_to_awaited_by(f, cur_task)
    try:
        await waiter
    finally:
        if timeout_handle is not None:
            timeout_handle.cancel()
        for f in fs:
            f.remove_done_callback(_on_completion)
            futures.future_discard_from_awaited_by(f, cur_task)
    done, pending = set(), set()
    for f in fs:
        (done if f.done() else pending).add(f)
    return done, pending


async def _cancel_and_wait(fut):
    """Cancels a future and waits until it is done."""
    waiter = events.get_running_loop().create_future()
    callback = functools.partial(_release_waiter, waiter)
    fut.add_done_callback(callback)
    cur_task = current_task()
    futures.future_add_to_awaited_by(fut, cur_task)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(callback)
        futures.future_discard_from_awaited_by(fut, cur_task)


def _distinct(aws):
    """Futures as a set; if there are others among them, each once in the order given."""
    aws = list(aws)
    distinct = set(aws)
    return distinct if all(futures.isfuture(aw) for aw in aws) else dict.fromkeys(aws)


class _AsCompletedIterator:
    """Gives the awaitables as they end, by `for` (coroutines to await) and by `async for` (futures)."""

    def __init__(self, aws, timeout):
        self._done = queues.Queue()
        self._timeout_handle = None
        loop = events.get_event_loop()
        self._cur_task = current_task()
        todo = {ensure_future(aw, loop=loop) for aw in _distinct(aws)}
        for f in todo:
            f.add_done_callback(self._handle_completion)
            futures.future_add_to_awaited_by(f, self._cur_task)
        if todo and timeout is not None:
            self._timeout_handle = loop.call_later(timeout, self._handle_timeout)
        self._todo = todo
        self._todo_left = len(todo)

    def __aiter__(self):
        return self

    def __iter__(self):
        return self

    async def __anext__(self):
        if not self._todo_left:
            raise StopAsyncIteration
        self._todo_left -= 1
        return await self._wait_for_one()

    def __next__(self):
        if not self._todo_left:
            raise StopIteration
        self._todo_left -= 1
        return self._wait_for_one(resolve=True)

    def _handle_timeout(self):
        for f in self._todo:
            f.remove_done_callback(self._handle_completion)
            futures.future_discard_from_awaited_by(f, self._cur_task)
            self._done.put_nowait(None)
        self._todo.clear()

    def _handle_completion(self, f):
        if not self._todo:
            return              # the time limit was first
        self._todo.remove(f)
        futures.future_discard_from_awaited_by(f, self._cur_task)
        self._done.put_nowait(f)
        if not self._todo and self._timeout_handle is not None:
            self._timeout_handle.cancel()

    async def _wait_for_one(self, resolve=False):
        f = await self._done.get()
        if f is None:
            raise exceptions.TimeoutError
        return f.result() if resolve else f


def as_completed(fs, *, timeout=None):
    """An iterator over awaitables in the order in which they end."""
    if inspect.isawaitable(fs):
        raise TypeError(f"expects an iterable of awaitables, not {type(fs).__name__}")
    return _AsCompletedIterator(fs, timeout)


@types.coroutine
def __sleep0():
    """One turn of the loop."""
    yield


async def sleep(delay, result=None):
    """Suspends the task for that many seconds."""
    if delay <= 0:
        await __sleep0()
        return result
    begun = begin_sleep(delay, result, futures._set_result_unless_cancelled)
    if begun is not None:
        future, handle = begun
    else:
        if math.isnan(delay):
            raise ValueError("Invalid delay: NaN (not a number)")
        loop = events.get_running_loop()
        future = loop.create_future()
        handle = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        handle.cancel()


def ensure_future(coro_or_future, *, loop=None):
    """A future for any awaitable: a task for a coroutine, the future itself."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    should_close = True
    if not coroutines.iscoroutine(coro_or_future):
        if not inspect.isawaitable(coro_or_future):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")

        async def _wrap_awaitable(awaitable):
            return await awaitable

        coro_or_future = _wrap_awaitable(coro_or_future)
        should_close = False
    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro_or_future)
    except RuntimeError:
        if should_close:
            coro_or_future.close()
        raise


class _GatheringFuture(futures.Future):
    """What `gather` returns: cancelling it cancels the children."""

    def __init__(self, children, *, loop):
        assert loop is not None
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        ret = False
        for child in self._children:
            if child.cancel(msg=msg):
                ret = True
        if ret:
            # The children decide whether this ends as cancelled.
            self._cancel_requested = True
        return ret


def _discard_awaited_by(children, waiter, outer):
    gather_leave(children, waiter)


def gather(*coros_or_futures, return_exceptions=False):
    """A future for the results of all, in the order given."""
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer
    loop = events._get_running_loop()
    cur_task = None if loop is None else current_task(loop)

    def _done_callback(fut, cur_task=cur_task):
        nonlocal left
        left -= 1
        if cur_task is not None:
            futures.future_discard_from_awaited_by(fut, cur_task)
        if outer is None or outer.done():
            if not fut.cancelled():
                fut.exception()         # nobody is left to be told
            return
        if not return_exceptions:
            if fut.cancelled():
                outer.set_exception(fut._make_cancelled_error())
                return
            exc = fut.exception()
            if exc is not None:
                outer.set_exception(exc)
                return
        if not left:
            results = [_gathered(child) for child in outer._children]
            if outer._cancel_requested:
                # It tells how the last child ended, not the one that was done last.
                outer.set_exception(outer._children[-1]._make_cancelled_error())
            else:
                outer.set_result(results)

    left = 0        # children that have not ended
    outer = gather_plainly(coros_or_futures, loop, cur_task, _done_callback, _GatheringFuture, functools.partial,
                           _discard_awaited_by)
    if outer is not None:
        return outer
    children, done_futs = [], []
    arg_to_fut = {}
    for arg in coros_or_futures:
        if arg not in arg_to_fut:
            fut = ensure_future(arg, loop=loop)
            if loop is None:
                loop = futures._get_loop(fut)
            if fut is not arg:
                # Nobody else has this task: its fate is told by the gathering future.
                fut._log_destroy_pending = False
            left += 1
            arg_to_fut[arg] = fut
            if fut.done():
                done_futs.append(fut)
            else:
                if cur_task is not None:
                    futures.future_add_to_awaited_by(fut, cur_task)
                fut.add_done_callback(_done_callback)
        else:
            fut = arg_to_fut[arg]
        children.append(fut)
    outer = _GatheringFuture(children, loop=loop)
    if cur_task is not None:
        outer.add_done_callback(functools.partial(_discard_awaited_by, children, cur_task))
    for fut in done_futs:
        _done_callback(fut)
    return outer


def _gathered(fut):
    """The result of a child, or its exception as a result."""
    if fut.cancelled():
        return exceptions.CancelledError("" if fut._cancel_message is None else fut._cancel_message)
    exc = fut.exception()
    return fut.result() if exc is None else exc


def _log_on_exception(fut):
    if fut.cancelled():
        return
    exc = fut.exception()
    if exc is None:
        return
    context = {"message": f"{exc.__class__.__name__} exception in shielded future", "exception": exc, "future": fut}
    if fut._source_traceback:
        context["source_traceback"] = fut._source_traceback
    fut._loop.call_exception_handler(context)


def shield(arg):
    """A future that can be cancelled without cancelling what it stands for."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    loop = futures._get_loop(inner)
    outer = loop.create_future()
    cur_task = None if loop is None else current_task(loop)
    if cur_task is not None:
        futures.future_add_to_awaited_by(inner, cur_task)

    def _clear_awaited_by_callback(inner):
        futures.future_discard_from_awaited_by(inner, cur_task)

    def _inner_done_callback(inner):
        if outer.cancelled():
            return
        if inner.cancelled():
            outer.cancel()
            return
        exc = inner.exception()
        if exc is not None:
            outer.set_exception(exc)
        else:
            outer.set_result(inner.result())

    def _outer_done_callback(outer):
        if not inner.done():
            inner.remove_done_callback(_inner_done_callback)
            # From now on only the log can tell of an exception.
            inner.remove_done_callback(_log_on_exception)
            inner.add_done_callback(_log_on_exception)
            if cur_task is not None:
                inner.remove_done_callback(_clear_awaited_by_callback)
                futures.future_discard_from_awaited_by(inner, cur_task)

    if cur_task is not None:
        inner.add_done_callback(_clear_awaited_by_callback)
    inner.add_done_callback(_inner_done_callback)
    outer.add_done_callback(_outer_done_callback)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Hands a coroutine to a loop of another thread; gives a future of `concurrent.futures`."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    future = concurrent.futures.Future()
    future._loop_id = id(loop)      # for the report of a deadlock

    def callback():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if future.set_running_or_notify_cancel():
                future.set_exception(exc)
            raise

    loop.call_soon_threadsafe(callback)
    return future


def create_eager_task_factory(custom_task_constructor):
    """A task factory whose tasks begin at once."""
    def factory(loop, coro, *, eager_start=True, **kwargs):
        return custom_task_constructor(coro, loop=loop, eager_start=eager_start, **kwargs)
    return factory


eager_task_factory = create_eager_task_factory(Task)
