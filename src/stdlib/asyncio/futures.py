"""Futures: the kernel's class, and what connects it with the futures of executors."""

__all__ = ("Future", "wrap_future", "isfuture", "future_add_to_awaited_by", "future_discard_from_awaited_by")

import concurrent.futures

from _asyncio import Future, future_add_to_awaited_by, future_discard_from_awaited_by

from . import base_futures
from . import events
from . import exceptions

isfuture = base_futures.isfuture
_PENDING, _CANCELLED, _FINISHED = base_futures._PENDING, base_futures._CANCELLED, base_futures._FINISHED
_CFuture = _PyFuture = Future


def _get_loop(fut):
    try:
        get_loop = fut.get_loop
    except AttributeError:
        return fut._loop
    return get_loop()


def _set_result_unless_cancelled(fut, result):
    if fut.cancelled():
        return
    fut.set_result(result)


_TRANSLATED = {
    concurrent.futures.CancelledError: exceptions.CancelledError,
    concurrent.futures.InvalidStateError: exceptions.InvalidStateError,
}


def _convert_future_exc(exc):
    ours = _TRANSLATED.get(type(exc))
    return exc if ours is None else ours(*exc.args).with_traceback(exc.__traceback__)


def _set_concurrent_future_state(concurrent, source):
    """The state of one of ours becomes that of an executor's future."""
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if not concurrent.set_running_or_notify_cancel():
        return
    exception = source.exception()
    if exception is not None:
        concurrent.set_exception(_convert_future_exc(exception))
    else:
        concurrent.set_result(source.result())


def _copy_future_state(source, dest):
    """The state of any future becomes that of one of ours."""
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        dest.cancel()
        return
    exception = source.exception()
    if exception is not None:
        dest.set_exception(_convert_future_exc(exception))
    else:
        dest.set_result(source.result())


def _chain_future(source, destination):
    """What becomes of one future becomes of the other; cancellation goes the other way as well."""
    for name, future in (("source", source), ("destination", destination)):
        if not isfuture(future) and not isinstance(future, concurrent.futures.Future):
            raise TypeError(f"A future is required for {name} argument")
    source_loop = _get_loop(source) if isfuture(source) else None
    dest_loop = _get_loop(destination) if isfuture(destination) else None

    def _set_state(future, other):
        if isfuture(future):
            _copy_future_state(other, future)
        else:
            _set_concurrent_future_state(future, other)

    def _call_check_cancel(destination):
        if destination.cancelled():
            if source_loop is None or source_loop is events._get_running_loop():
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def _call_set_state(source):
        if destination.cancelled() and dest_loop is not None and dest_loop.is_closed():
            return
        if dest_loop is None or dest_loop is events._get_running_loop():
            _set_state(destination, source)
        elif not dest_loop.is_closed():
            dest_loop.call_soon_threadsafe(_set_state, destination, source)

    destination.add_done_callback(_call_check_cancel)
    source.add_done_callback(_call_set_state)


def wrap_future(future, *, loop=None):
    """A future of ours for an executor's."""
    if isfuture(future):
        return future
    assert isinstance(future, concurrent.futures.Future), f"concurrent.futures.Future is expected, got {future!r}"
    if loop is None:
        loop = events.get_event_loop()
    new_future = loop.create_future()
    _chain_future(future, new_future)
    return new_future
