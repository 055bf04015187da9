"""How the kernel runs a program: its body, its end, threads, signals. Executed into the namespace of the helpers."""

import _kernel
import sys


_switch_interval = 0.005


def _getswitchinterval():
    return _switch_interval


def _setswitchinterval(interval, /):
    global _switch_interval
    if interval <= 0:
        raise ValueError("switch interval must be strictly positive")
    _switch_interval = float(interval)


def run_program():
    """The main thread, from the first line of the program to its exit status."""
    sys.getswitchinterval, sys.setswitchinterval = _getswitchinterval, _setswitchinterval
    sys.excepthook = sys.__excepthook__ = _excepthook
    sys.unraisablehook = sys.__unraisablehook__ = _unraisablehook
    sys.path.append("")
    status = 0
    try:
        for message, file, line in _kernel.program_warnings():
            syntax_warning(message, file, line)
        _kernel.execute_program()
    except SystemExit as exc:
        status = _exit_status(exc)
    except BaseException as exc:
        _report(exc)
        status = 130 if isinstance(exc, KeyboardInterrupt) else 1
    _finalize()
    _kernel.exiting(status)


def _exit_status(exc):
    if exc.code is None:
        return 0
    if isinstance(exc.code, int):
        return exc.code & 0xFF
    print(exc.code, file=sys.stderr)
    return 1


def _report(exc):
    sys.excepthook(type(exc), exc, exc.__traceback__)


def _finalize():
    """Threads, exit functions, the program's globals: the order of `Py_FinalizeEx`."""
    try:
        if "threading" in sys.modules:
            sys.modules["threading"]._shutdown()
        if "atexit" in sys.modules:
            sys.modules["atexit"]._run_exitfuncs()
        namespace, names = _kernel.clear_program()
        for name in names:
            namespace[name] = None
        if "gc" in sys.modules:
            sys.modules["gc"].collect()
    except BaseException as exc:
        _report(exc)


def _excepthook(exc_type, exc_value, exc_traceback, /):
    """`sys.excepthook`: prints the traceback."""
    import traceback
    traceback.print_exception(exc_type, exc_value, exc_traceback)


def _unraisablehook(unraisable, /):
    """`sys.unraisablehook`: tells of an exception that nobody can catch."""
    import traceback
    message = unraisable.err_msg or "Exception ignored in"
    if unraisable.object is not None:
        message = f"{message}: {unraisable.object!r}"
    print(message, file=sys.stderr)
    traceback.print_exception(unraisable.exc_type, unraisable.exc_value, unraisable.exc_traceback)


class _Unraisable:
    """What `sys.unraisablehook` is given."""

    def __init__(self, exc, err_msg, source):
        self.exc_type, self.exc_value, self.exc_traceback = type(exc), exc, exc.__traceback__
        self.err_msg, self.object = err_msg, source


def report_unraisable(exc, err_msg=None, source=None):
    """A finaliser or its like raised."""
    sys.unraisablehook(_Unraisable(exc, err_msg, source))


def thread_body(function, args, kwargs):
    """What a started thread runs."""
    _kernel.thread_started(getattr(getattr(function, "__self__", None), "name", None))
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    except BaseException as exc:
        report_unraisable(exc, "Exception ignored in thread started by", function)


def handle_signal(handler, signum, wakeup):
    """The main thread handles a signal before its next instruction."""
    if wakeup is not None:
        wakeup(signum)
    if callable(handler):
        handler(signum, sys._getframe(1))


def warn_never_awaited(coroutine):
    """A coroutine goes away that was never awaited: in the place of the machine's own, this tells the kernel as well."""
    import warnings
    _kernel.coroutine_lost(coroutine)
    warnings._warn_unawaited_coroutine(coroutine)


def token_missing():
    from contextvars import Token
    return Token.MISSING


_kernel.thread_body = thread_body
