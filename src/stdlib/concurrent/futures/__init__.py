"""Executors, and futures for what they do."""

import _warnings
from concurrent.futures._base import (
    ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, BrokenExecutor, CancelledError, Executor, Future,
    InvalidStateError, TimeoutError, as_completed, wait,
)

__all__ = ["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "CancelledError", "TimeoutError", "InvalidStateError",
           "BrokenExecutor", "Future", "Executor", "wait", "as_completed", "ProcessPoolExecutor", "ThreadPoolExecutor",
           "InterpreterPoolExecutor"]


class _Unsupported(Executor):
    """What `import *` finds under the name of an executor that the simulation does not have."""

    def __init__(self, *args, **kwargs):
        import _loopscope
        _loopscope.unsupported("concurrent.futures.InterpreterPoolExecutor")


def __getattr__(name):
    if name in __all__:
        _warnings._check_modules()
    if name == "ThreadPoolExecutor":
        from .thread import ThreadPoolExecutor
        globals()[name] = ThreadPoolExecutor
        return ThreadPoolExecutor
    if name == "ProcessPoolExecutor":
        from .process import ProcessPoolExecutor
        globals()[name] = ProcessPoolExecutor
        return ProcessPoolExecutor
    if name == "InterpreterPoolExecutor":
        return _Unsupported
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return [*__all__, "__author__", "__doc__"]
