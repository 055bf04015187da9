"""Exceptions as text: printing and formatting them, and summaries of the stack."""

import sys
from traceback._exception import TracebackException
from traceback._stack import FrameSummary, StackSummary, walk_stack, walk_tb

__all__ = [
    "extract_stack",
    "extract_tb",
    "format_exception",
    "format_exception_only",
    "format_list",
    "format_stack",
    "format_tb",
    "print_exc",
    "format_exc",
    "print_exception",
    "print_last",
    "print_stack",
    "print_tb",
    "clear_frames",
    "FrameSummary",
    "StackSummary",
    "TracebackException",
    "walk_stack",
    "walk_tb",
    "print_list",
]

_sentinel = object()


def _one_exception(exc, value, tb):
    """The exception and its traceback from the one or three arguments of the functions below."""
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError("Both or neither of value and tb must be given")
    if value is tb is _sentinel:
        if exc is None:
            return None, None
        if isinstance(exc, BaseException):
            return exc, exc.__traceback__
        raise TypeError(
            f"Exception expected for value, {type(exc).__name__} found"
        )
    return value, tb


def _summary(exc, value, tb, limit):
    value, tb = _one_exception(exc, value, tb)
    return TracebackException(type(value), value, tb, limit=limit, compact=True)


def print_exception(
    exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True, **options
):
    """Writes an exception with its traceback to a file, by default stderr."""
    _summary(exc, value, tb, limit).print(file=file, chain=chain)


def format_exception(
    exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True, **options
):
    """The lines that print_exception() writes."""
    return list(_summary(exc, value, tb, limit).format(chain=chain))


def format_exception_only(exc, /, value=_sentinel, *, show_group=False, **options):
    """The lines that name the exception, without its traceback."""
    if value is _sentinel:
        value = exc
    summary = TracebackException(type(value), value, None, compact=True)
    return list(summary.format_exception_only(show_group=show_group))


def print_exc(limit=None, file=None, chain=True):
    """Writes the exception that is being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The exception that is being handled, as text."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Writes the exception that ended the last interactive input."""
    if not hasattr(sys, "last_exc"):
        raise ValueError("no last exception")
    print_exception(sys.last_exc, limit=limit, file=file, chain=chain)


def print_tb(tb, limit=None, file=None):
    """Writes the entries of a traceback."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    """The entries of a traceback as a list of texts."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """The entries of a traceback as a StackSummary."""
    return StackSummary._of_traceback(tb, limit)


def print_list(extracted_list, file=None):
    """Writes a list of stack entries."""
    file = sys.stderr if file is None else file
    for item in StackSummary.from_list(extracted_list).format():
        print(item, file=file, end="")


def format_list(extracted_list):
    """Stack entries as a list of texts."""
    return StackSummary.from_list(extracted_list).format()


def _caller(f):
    return sys._getframe(2) if f is None else f


def print_stack(f=None, limit=None, file=None):
    """Writes where the program stands."""
    print_list(StackSummary._of_frame(_caller(f), limit), file=file)


def format_stack(f=None, limit=None):
    """Where the program stands, as a list of texts."""
    return StackSummary._of_frame(_caller(f), limit).format()


def extract_stack(f=None, limit=None):
    """Where the program stands, as a StackSummary."""
    return StackSummary._of_frame(_caller(f), limit)


def clear_frames(tb):
    """Lets go of the local variables of all frames in a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next
