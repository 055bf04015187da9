"""Threads and locks: the primitives below `threading`."""

import _kernel
from _kernel import RLock, _ThreadHandle, get_ident, get_native_id, lock
from _kernel import make_thread_handle as _make_thread_handle
from _loopscope import c_type as _c_type
from _loopscope import type_name as _type_name
from _weakref import ref as _ref
from operator import index as _index

LockType = allocate = allocate_lock = lock
error = RuntimeError
TIMEOUT_MAX = 9223372036.0

_live = []                  # handles of threads that the program waits for at its end
_stack_size = 0
_SMALLEST_STACK = 53248


def start_joinable_thread(function, handle=None, daemon=True):
    """Starts a thread; it runs when it gets the baton."""
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    if handle.ident is not None:
        raise RuntimeError("thread already started")
    _kernel.spawn(_kernel.thread_body, (function, (), {}), handle, daemon, _stack_size)
    if not daemon:
        _live.append(handle)
    return handle


def start_new_thread(function, args, kwargs={}, /):
    """Starts a thread; gives its identifier."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    return _kernel.spawn(_kernel.thread_body, (function, args, kwargs), None, True, _stack_size)


start_new = start_new_thread


def _shutdown():
    """Waits for every thread that is no daemon; whoever interrupts that does not wait for any."""
    try:
        while _live:
            _live.pop(0).join()
    except BaseException as exc:
        import sys
        from types import TracebackType
        caller = sys._getframe()
        exc.__traceback__ = TracebackType(None, caller, caller.f_lasti, caller.f_lineno)
        _kernel.report_unraisable(exc, "Exception ignored while joining a thread in _thread._shutdown()")


_get_main_thread_ident = _kernel.process_main_thread


def _is_main_interpreter():
    return True


def daemon_threads_allowed():
    return True


def set_name(name):
    """The operating system's name of a thread: nobody sees it here."""


def exit():
    raise SystemExit


exit_thread = exit


def interrupt_main(signum=2, /):
    """Simulates a signal that arrives in the main thread; without effect where no Python function handles it."""
    import signal
    if not 0 < signum < signal.NSIG:
        raise ValueError("signal number out of range")
    if callable(signal.getsignal(signum)):
        _kernel.raise_signal(signum)


def stack_size(size=0, /):
    """The size of the stacks of new threads; 0 is the system's default."""
    global _stack_size
    size = _index(size)
    if size and size < _SMALLEST_STACK:
        raise ValueError(f"size must be at least {_SMALLEST_STACK} bytes")
    before, _stack_size = _stack_size, size
    return before


def _count():
    import threading
    return threading.active_count() - 1


class _ExceptHookArgs(tuple):
    """What `threading.excepthook` is given."""

    n_fields = n_sequence_fields = 4
    n_unnamed_fields = 0

    def __new__(cls, sequence=(), /):
        self = tuple.__new__(cls, sequence)
        if len(self) != 4:
            raise TypeError(f"_thread._ExceptHookArgs() takes a 4-sequence ({len(self)}-sequence given)")
        return self

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])

    def __repr__(self):
        return (f"_thread._ExceptHookArgs(exc_type={self[0]!r}, exc_value={self[1]!r}, "
                f"exc_traceback={self[2]!r}, thread={self[3]!r})")


def _excepthook(args, /):
    """Reports an exception that ends a thread."""
    import sys
    if not isinstance(args, _ExceptHookArgs):
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    if args.exc_type == SystemExit:
        return
    stderr = sys.stderr
    if stderr is None:
        stderr = getattr(args.thread, "_stderr", None)
        if stderr is None:
            return
    name = get_ident() if args.thread is None else args.thread.name
    print(f"Exception in thread {name}:", file=stderr)
    import traceback
    traceback.print_exception(args.exc_type, args.exc_value, args.exc_traceback, file=stderr)


@_c_type
class _local:
    """Attributes of one's own for each thread: the instance's dict is exchanged before each access."""

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        mine = {}
        object.__setattr__(self, "__dict__", mine)
        me = get_ident()
        _dicts[id(self)] = (args, kwargs, {me: mine}, _ref(self))
        _used.setdefault(me, []).append(id(self))
        return self

    def __getattribute__(self, name):
        _exchange(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"{_type_name(type(self))!r} object attribute '__dict__' is read-only")
        _exchange(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == "__dict__":
            raise AttributeError(f"{_type_name(type(self))!r} object attribute '__dict__' is read-only")
        _exchange(self)
        object.__delattr__(self, name)

    def __del__(self):
        _dicts.pop(id(self), None)


_dicts = {}                 # of each local object: its arguments, its dict by thread, and a weak reference
_used = {}                  # by thread: the ids of the local objects that it used, in order
_left = []                  # what other threads still have at the end of the program


def _forget_locals():
    """The running thread ends: what it alone has goes, last used first."""
    me = get_ident()
    for key in reversed(_used.pop(me, ())):
        if key not in _dicts:
            continue
        _, _, by_thread, ref = _dicts[key]
        mine, local = by_thread.pop(me, None), ref()
        if mine is not None and local is not None and object.__getattribute__(local, "__dict__") is mine:
            object.__setattr__(local, "__dict__", {})


def _settle_locals():
    """The program ends: its objects keep what they have for the main thread, and hold it themselves."""
    me = get_ident()
    for _, _, by_thread, ref in _dicts.values():
        mine, local = by_thread.pop(me, {}), ref()
        if local is not None:
            object.__setattr__(local, "__dict__", mine)
        _left.append(by_thread)
    _dicts.clear()


def _exchange(local):
    if id(local) not in _dicts:
        return
    args, kwargs, by_thread, _ = _dicts[id(local)]
    me = get_ident()
    if me in by_thread:
        object.__setattr__(local, "__dict__", by_thread[me])
        return
    mine = by_thread[me] = {}
    _used.setdefault(me, []).append(id(local))
    object.__setattr__(local, "__dict__", mine)
    cls = type(local)
    if cls.__init__ is not object.__init__:
        cls.__init__(local, *args, **kwargs)
