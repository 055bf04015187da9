"""Functions that run when the program ends, last registered first."""

import _kernel

_functions = []


def register(func, /, *args, **kwargs):
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _functions.append((func, args, kwargs))
    return func


def unregister(func, /):
    _functions[:] = [entry for entry in _functions if entry[0] != func]


def _clear():
    _functions.clear()


def _ncallbacks():
    return len(_functions)


def _run_exitfuncs():
    # What these register in turn is too late.
    for func, args, kwargs in reversed(_functions[:]):
        try:
            func(*args, **kwargs)
        except BaseException as exc:
            _kernel.report_unraisable(exc, f"Exception ignored in atexit callback {func!r}")
    _functions.clear()
