"""Handles, the interface of event loops, policies, and the loop that runs."""

__all__ = ("AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy",
           "set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop", "_set_running_loop",
           "get_running_loop", "_get_running_loop")

import threading

from _asyncio import callback_failed
from _asyncio import _get_running_loop, _set_running_loop, get_event_loop, get_running_loop
from _kernel import Handle, TimerHandle, _ThreadSafeHandle


def _run_thread_safe(callback, *args):
    return callback(*args)


def _run(handle, exc):
    """What `Handle._run` does when the callback raised; what comes before is native."""
    context = exc.__context__
    try:
        raise exc
    except (SystemExit, KeyboardInterrupt):
        exc.__context__ = context
        exc = context = None        # this frame stays in the traceback: no cycle
        raise
    except BaseException:
        exc.__context__ = context
        callback_failed(handle, exc)


def _abstract(name, asynchronous=False):
    """A method of an interface, which says no more than its name."""
    if asynchronous:
        async def method(self, *args, **kwargs):
            raise NotImplementedError
    else:
        def method(self, *args, **kwargs):
            raise NotImplementedError
    method.__name__ = name
    return method


class AbstractServer:
    """What a server can do."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """What an event loop can do."""

    def call_soon(self, callback, *args, context=None):
        return self.call_later(0, callback, *args, context=context)


class _AbstractEventLoopPolicy:
    """What a policy can do."""


def _declare(cls, *names, asynchronous=False):
    for name in names:
        method = _abstract(name, asynchronous)
        method.__qualname__ = f"{cls.__name__}.{name}"
        setattr(cls, name, method)


_declare(AbstractServer, "close", "close_clients", "abort_clients", "get_loop", "is_serving")
_declare(AbstractServer, "start_serving", "serve_forever", "wait_closed", asynchronous=True)
_declare(_AbstractEventLoopPolicy, "get_event_loop", "set_event_loop", "new_event_loop")
_declare(
    AbstractEventLoop, "run_forever", "run_until_complete", "stop", "is_running", "is_closed", "close",
    "_timer_handle_cancelled", "call_later", "call_at", "time", "create_future", "create_task", "call_soon_threadsafe",
    "run_in_executor", "set_default_executor", "add_reader", "remove_reader", "add_writer", "remove_writer",
    "add_signal_handler", "remove_signal_handler", "set_task_factory", "get_task_factory", "get_exception_handler",
    "set_exception_handler", "default_exception_handler", "call_exception_handler", "get_debug", "set_debug")
_declare(
    AbstractEventLoop, "shutdown_asyncgens", "shutdown_default_executor", "getaddrinfo", "getnameinfo",
    "create_connection", "create_server", "sendfile", "start_tls", "create_unix_connection", "create_unix_server",
    "connect_accepted_socket", "create_datagram_endpoint", "connect_read_pipe", "connect_write_pipe",
    "subprocess_shell", "subprocess_exec", "sock_recv", "sock_recv_into", "sock_recvfrom", "sock_recvfrom_into",
    "sock_sendall", "sock_sendto", "sock_connect", "sock_accept", "sock_sendfile", asynchronous=True)


class _BaseDefaultEventLoopPolicy(_AbstractEventLoopPolicy):
    """One loop a thread, and none unless it was set."""

    _loop_factory = None

    class _Local(threading.local):
        _loop = None

    def __init__(self):
        self._local = self._Local()

    def get_event_loop(self):
        if self._local._loop is None:
            raise RuntimeError(f"There is no current event loop in thread {threading.current_thread().name!r}.")
        return self._local._loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._local._loop = loop

    def new_event_loop(self):
        return self._loop_factory()


_event_loop_policy = None
_lock = threading.Lock()


def _get_event_loop_policy():
    global _event_loop_policy
    if _event_loop_policy is None:
        from .unix_events import _DefaultEventLoopPolicy
        with _lock:
            if _event_loop_policy is None:
                _event_loop_policy = _DefaultEventLoopPolicy()
    return _event_loop_policy


def get_event_loop_policy():
    """The policy; deprecated."""
    import warnings
    warnings._deprecated("asyncio.get_event_loop_policy", remove=(3, 16))
    return _get_event_loop_policy()


def _set_event_loop_policy(policy):
    global _event_loop_policy
    if policy is not None and not isinstance(policy, _AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _event_loop_policy = policy


def set_event_loop_policy(policy):
    """Sets the policy; deprecated."""
    import warnings
    warnings._deprecated("asyncio.set_event_loop_policy", remove=(3, 16))
    _set_event_loop_policy(policy)


def set_event_loop(loop):
    """Sets the loop of this thread."""
    _get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new loop, which is not set."""
    return _get_event_loop_policy().new_event_loop()
