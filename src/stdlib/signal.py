"""Signals of the simulated program."""

import _kernel
from _kernel import default_int_handler
from enum import IntEnum as _IntEnum


class Signals(_IntEnum):
    SIGHUP = 1
    SIGINT = 2
    SIGQUIT = 3
    SIGILL = 4
    SIGTRAP = 5
    SIGABRT = 6
    SIGBUS = 7
    SIGFPE = 8
    SIGKILL = 9
    SIGUSR1 = 10
    SIGSEGV = 11
    SIGUSR2 = 12
    SIGPIPE = 13
    SIGALRM = 14
    SIGTERM = 15
    SIGCHLD = 17
    SIGCONT = 18
    SIGSTOP = 19
    SIGTSTP = 20
    SIGWINCH = 28


class Handlers(_IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


for _member in (*Signals, *Handlers):
    globals()[_member.name] = _member

_handlers = {}


def _as_enum(value, kind):
    try:
        return kind(value)
    except ValueError:
        return value


def _check(signalnum):
    if not 1 <= signalnum < 65:
        raise ValueError("signal number out of range")


def signal(signalnum, handler):
    """Sets the handler of a signal; gives the one before."""
    import threading
    if threading.current_thread() is not threading.main_thread():
        raise ValueError("signal only works in main thread of the main interpreter")
    _check(signalnum)
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    before = getsignal(signalnum)
    _handlers[int(signalnum)] = handler
    _kernel.set_signal_handler(int(signalnum), handler if callable(handler) else int(handler))
    return before


def getsignal(signalnum):
    """The handler of a signal."""
    _check(signalnum)
    return _handlers.get(int(signalnum), SIG_DFL)


def raise_signal(signum, /):
    """Sends a signal to the program itself."""
    _kernel.raise_signal(int(signum))


def strsignal(signalnum):
    _check(signalnum)
    return {1: "Hangup", 2: "Interrupt", 3: "Quit", 9: "Killed", 10: "User defined signal 1", 12: "User defined signal 2",
            13: "Broken pipe", 14: "Alarm clock", 15: "Terminated"}.get(int(signalnum))


def valid_signals():
    return {_as_enum(number, Signals) for number in range(1, 65)}


def siginterrupt(signalnum, flag, /):
    """System calls are never interrupted here."""


def _refuse(feature):
    import _loopscope
    _loopscope.unsupported(feature)


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    if fd != -1:
        _refuse("signal.set_wakeup_fd")
    return -1


def alarm(seconds, /):
    _refuse("signal.alarm")


def setitimer(which, seconds, interval=0.0, /):
    _refuse("signal.setitimer")


def pause():
    _refuse("signal.pause")


_handlers[2] = default_int_handler
