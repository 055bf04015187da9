"""Processes: what of them needs no operating system."""

import sys as _sys

from multiprocessing import context as _context
from multiprocessing.context import AuthenticationError, BufferTooShort, ProcessError, TimeoutError
from multiprocessing.process import active_children, current_process, parent_process

_default = _context.DefaultContext()

Process = _context.Process
Queue, SimpleQueue = _default.Queue, _default.SimpleQueue
cpu_count, freeze_support = _default.cpu_count, _default.freeze_support
get_all_start_methods, get_context = _default.get_all_start_methods, _default.get_context
get_start_method, set_start_method = _default.get_start_method, _default.set_start_method

__all__ = ["AuthenticationError", "BufferTooShort", "Process", "ProcessError", "Queue", "SimpleQueue", "TimeoutError",
           "active_children", "cpu_count", "current_process", "freeze_support", "get_all_start_methods", "get_context",
           "get_start_method", "parent_process", "set_start_method"]

_REFUSED = frozenset("""
    Array Barrier BoundedSemaphore Condition Event JoinableQueue Lock Manager Pipe Pool RLock RawArray RawValue
    Semaphore Value allow_connection_pickling get_logger log_to_stderr reducer set_executable set_forkserver_preload
    """.split())


def __getattr__(name):
    if name in _REFUSED:
        import _loopscope
        _loopscope.unsupported(f"multiprocessing.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# Until a process that starts anew runs the program's text under this name, it is another name of the program.
if "__main__" in _sys.modules:
    _sys.modules["__mp_main__"] = _sys.modules["__main__"]
