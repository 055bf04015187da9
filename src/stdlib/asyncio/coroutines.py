"""What is a coroutine, and how it is shown."""

__all__ = ("iscoroutinefunction", "iscoroutine")

import collections.abc
import inspect
import types

_is_coroutine = object()
_COROUTINE_TYPES = (types.CoroutineType, collections.abc.Coroutine)


def _is_debug_mode():
    return False


def iscoroutinefunction(func):
    """Deprecated: `inspect.iscoroutinefunction` does it."""
    import _warnings
    import warnings
    _warnings._check_modules()          # at the end CPython cannot import it any more
    warnings._deprecated("asyncio.iscoroutinefunction",
                         f"{warnings._DEPRECATED_MSG}; use inspect.iscoroutinefunction() instead", remove=(3, 16))
    return _iscoroutinefunction(func)


def _iscoroutinefunction(func):
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """Is it a coroutine object?"""
    return isinstance(obj, _COROUTINE_TYPES)


def _coroutine_name(coro):
    for attribute in ("__qualname__", "__name__"):
        name = getattr(coro, attribute, None)
        if name:
            return f"{name}()"
    return f"<{type(coro).__name__} without __name__>()"


def _format_coroutine(coro):
    """A coroutine as the repr of its task shows it."""
    name = _coroutine_name(coro)
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None)
    if not code:
        running = getattr(coro, "cr_running", getattr(coro, "gi_running", False))
        return f"{name} running" if running else name
    frame = getattr(coro, "gi_frame", None) or getattr(coro, "cr_frame", None)
    filename = code.co_filename or "<empty co_filename>"
    if frame is not None:
        return f"{name} running at {filename}:{frame.f_lineno}"
    return f"{name} done, defined at {filename}:{code.co_firstlineno}"
