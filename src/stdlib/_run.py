"""How the kernel runs a program: its body, its end, threads, signals. Executed into the namespace of the helpers."""

import _kernel
import builtins
import sys


# What the machine asks for that only the kernel knows.
frame_elsewhere, caller_elsewhere = _kernel.frame_elsewhere, _kernel.caller_elsewhere
line_elsewhere, locals_elsewhere = _kernel.line_elsewhere, _kernel.locals_elsewhere

_switch_interval = 0.005


def _getswitchinterval():
    return _switch_interval


def _setswitchinterval(interval, /):
    global _switch_interval
    if interval <= 0:
        raise ValueError("switch interval must be strictly positive")
    _switch_interval = float(interval)
    _kernel.set_switch_interval(_switch_interval)


def run_program():
    """The main thread, from the first line of the program to its exit status."""
    _prepare()
    status = 130            # what a signal at the very end leaves
    try:
        ended = 0
        try:
            for message, file, line in _kernel.program_warnings():
                syntax_warning(message, file, line)
            # One frame lies below the program's, as in other threads (`Limits::recursion`).
            _kernel.execute_program("__main__")
        except SystemExit as exc:
            ended = _exit_status(exc)
        except BaseException as exc:
            _set_last(exc)
            _report(exc)
            ended = 130 if isinstance(exc, KeyboardInterrupt) else 1
        _finalize()
        status = ended
    except BaseException as exc:
        _report(exc)
    _kernel.exiting(status)


def process_body(entry, message):
    """What a process begins with that has a memory of its own."""
    _kernel.thread_started(None)
    _prepare()
    from multiprocessing import starting
    try:
        status = getattr(starting, entry)(message)
    except BaseException as exc:
        _report(exc)
        status = 1
    _kernel.process_exit(status)


def _prepare():
    sys.getswitchinterval, sys.setswitchinterval = _getswitchinterval, _setswitchinterval
    _kernel.set_signal_handler(2, _kernel.default_int_handler)
    sys._is_gil_enabled = _kernel.has_gil
    sys.excepthook = sys.__excepthook__ = _excepthook
    sys.displayhook = sys.__displayhook__ = _displayhook
    sys.unraisablehook = sys.__unraisablehook__ = _unraisablehook
    sys.path.append("")
    sys.argv[:] = _kernel.program_arguments()
    builtins.exit, builtins.quit = Quitter("exit"), Quitter("quit")
    given = _kernel.program_input()
    if given is not None:
        _read_from(*given)


class Quitter:
    """`exit` and `quit`, which the module `site` adds."""

    __module__ = "_sitebuiltins"

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Use {self.name}() or Ctrl-D (i.e. EOF) to exit"

    def __call__(self, code=None):
        raise SystemExit(code)


def _read_from(text, is_open):
    """Lets the program read a text from its standard input; more may follow if that is open."""
    import io

    class Stdin(io.StringIO):
        name, mode, encoding, errors = "<stdin>", "r", "utf-8", "strict"

        def __repr__(self):
            return f"<_io.TextIOWrapper name={self.name!r} mode={self.mode!r} encoding={self.encoding!r}>"

        def read(self, size=-1, /):
            found = super().read(size)
            if is_open and (size is None or size < 0 or len(found) < size):
                _kernel.await_input()
            return found

        def readline(self, size=-1, /):
            line = super().readline(size)
            if is_open and not line and size != 0:
                _kernel.await_input()
            return line

        def fileno(self):
            return 0

        def writable(self):
            return False

    sys.stdin = sys.__stdin__ = Stdin(text)
    builtins.input = _input


def _input(prompt="", /):
    sys.stdout.write(str(prompt))
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")


_input.__name__ = _input.__qualname__ = "input"


def _exit_status(exc):
    if exc.code is None:
        return 0
    if isinstance(exc.code, int):
        return exc.code & 0xFF
    print(exc.code, file=sys.stderr)
    return 1


def _set_last(exc):
    """What ended the program stays, with the frames in its traceback, until modules are taken apart."""
    sys.last_exc = sys.last_value = exc
    sys.last_type, sys.last_traceback = type(exc), exc.__traceback__


def _report(exc):
    sys.excepthook(type(exc), exc, exc.__traceback__)


def _finalize():
    """Threads, exit functions, what is lost, the program's module: the order of `Py_FinalizeEx`."""
    try:
        if "threading" in sys.modules:
            _end_threads(sys.modules["threading"])
        if "atexit" in sys.modules:
            sys.modules["atexit"]._run_exitfuncs()
        if "_thread" in sys.modules:
            sys.modules["_thread"]._settle_locals()
        import _warnings
        import gc
        _kernel.find_program(_held_loop(), getattr(sys, "last_exc", None))
        gc._collect()
        sys.path = sys.last_exc = sys.last_value = sys.last_traceback = None
        _warnings._finalize()
        if "signal" in sys.modules:
            sys.modules["signal"]._handlers.clear()
        _kernel.forget_program()
        gc._collect_modules()
        gc._collect()
    except BaseException as exc:
        _report(exc)


def _held_loop():
    """The loop that the policy holds for the main thread."""
    events = sys.modules.get("asyncio.events")
    policy = getattr(events, "_event_loop_policy", None)
    return getattr(getattr(policy, "_local", None), "_loop", None)


def _end_threads(threading):
    try:
        threading._shutdown()
    except BaseException as exc:
        _report_unraisable(exc, "Exception ignored on threading shutdown")


def _displayhook(object, /):
    """`sys.displayhook`: prints a value, which is then `_`."""
    import builtins

    if object is None:
        return
    builtins._ = None
    sys.stdout.write(repr(object) + "\n")
    builtins._ = object


_displayhook.__name__ = _displayhook.__qualname__ = "displayhook"


def _excepthook(exc_type, exc_value, exc_traceback, /):
    """`sys.excepthook`: prints the traceback."""
    import traceback
    traceback.print_exception(exc_type, exc_value, exc_traceback)


def _unraisablehook(unraisable, /):
    """`sys.unraisablehook`: tells of an exception that nobody can catch."""
    import _warnings
    import traceback
    from _loopscope import source_line
    exc = unraisable.exc_value
    lines = []
    if unraisable.object is not None:
        lines.append(f"{unraisable.err_msg or 'Exception ignored in'}: {unraisable.object!r}\n")
    elif unraisable.err_msg is not None:
        lines.append(f"{unraisable.err_msg}:\n")
    if unraisable.exc_traceback is not None:
        lines.append("Traceback (most recent call last):\n")
        for frame, line in traceback.walk_tb(unraisable.exc_traceback):
            code = frame.f_code
            lines.append(f'  File "{code.co_filename}", line {line}, in {code.co_name}\n')
            # CPython reads the file for each line of its own, which it cannot once it takes its modules apart.
            text = None if _warnings._is_finalizing else source_line(code.co_filename, line)
            if text and not text.isspace():
                lines.append(f"    {text.strip()}\n")
    lines.append(f"{_full_name(unraisable.exc_type)}{_after_colon(exc)}\n")
    sys.stderr.write("".join(lines))


def _full_name(cls):
    prefix = "" if cls.__module__ in ("builtins", "__main__") else f"{cls.__module__}."
    return prefix + cls.__qualname__


def _after_colon(exc):
    try:
        text = str(exc)
    except Exception:
        return ": <exception str() failed>"
    return f": {text}"


class _Unraisable:
    """What `sys.unraisablehook` is given."""

    def __init__(self, exc, err_msg, source):
        self.exc_type, self.exc_value, self.exc_traceback = type(exc), exc, exc.__traceback__
        self.err_msg, self.object = err_msg, source


_Unraisable.__name__ = _Unraisable.__qualname__ = "UnraisableHookArgs"


def _report_unraisable(exc, err_msg, source=None):
    try:
        hook = sys.unraisablehook
        hook(_Unraisable(exc, err_msg, source))
    except BaseException as failed:
        _unraisablehook(_Unraisable(failed, "Exception ignored in sys.unraisablehook", hook))


def report_unraisable(exc, doing, culprit):
    """A finaliser or its like raised."""
    try:
        shown = repr(culprit)
    except Exception:
        shown = "<object repr() failed>"
    _report_unraisable(exc, f"{doing} {shown}")


def thread_body(function, args, kwargs):
    """What a started thread runs."""
    _kernel.thread_started(getattr(getattr(function, "__self__", None), "name", None))
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    except BaseException as exc:
        _report_unraisable(exc, "Exception ignored in thread started by", function)
    if "_thread" in sys.modules:
        sys.modules["_thread"]._forget_locals()


def handle_signal(handler, signum, wakeup):
    """The main thread handles a signal before its next instruction."""
    if wakeup is not None:
        wakeup(signum)
    if callable(handler):
        handler(signum, _interrupted_frame())


def _interrupted_frame():
    try:
        return sys._getframe()
    except ValueError:      # the program has ended
        return None


def warn_never_awaited(coroutine):
    """A coroutine goes away that was never awaited: in the place of the machine's own, this tells the kernel as well."""
    import warnings
    _kernel.coroutine_lost(coroutine)
    warnings._warn_unawaited_coroutine(coroutine)


def token_missing():
    from contextvars import Token
    return Token.MISSING


_kernel.thread_body = thread_body
_kernel.report_unraisable = _report_unraisable
