"""Signals of the simulated program."""

import _kernel
from _kernel import default_int_handler
from _signal import pthread_kill, raise_signal
from _structseq import structseq_class as _structseq_class
from enum import IntEnum as _IntEnum
from operator import index as _index


class Signals(_IntEnum):
    SIGHUP = 1
    SIGINT = 2
    SIGQUIT = 3
    SIGILL = 4
    SIGTRAP = 5
    SIGABRT = SIGIOT = 6
    SIGBUS = 7
    SIGFPE = 8
    SIGKILL = 9
    SIGUSR1 = 10
    SIGSEGV = 11
    SIGUSR2 = 12
    SIGPIPE = 13
    SIGALRM = 14
    SIGTERM = 15
    SIGSTKFLT = 16
    SIGCHLD = SIGCLD = 17
    SIGCONT = 18
    SIGSTOP = 19
    SIGTSTP = 20
    SIGTTIN = 21
    SIGTTOU = 22
    SIGURG = 23
    SIGXCPU = 24
    SIGXFSZ = 25
    SIGVTALRM = 26
    SIGPROF = 27
    SIGWINCH = 28
    SIGIO = SIGPOLL = 29
    SIGPWR = 30
    SIGSYS = 31
    SIGRTMIN = 34
    SIGRTMAX = 64


class Handlers(_IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


class Sigmasks(_IntEnum):
    SIG_BLOCK = 0
    SIG_UNBLOCK = 1
    SIG_SETMASK = 2


struct_siginfo = _structseq_class(
    "signal.struct_siginfo", "si_signo si_code si_errno si_pid si_uid si_status si_band",
    "What is known of a signal that was waited for.")

for _members in Signals, Handlers, Sigmasks:
    globals().update(_members.__members__)

_handlers = {}


def _as_enum(value, kind):
    try:
        return kind(value)
    except ValueError:
        return value


def _check(signalnum):
    if not 1 <= _index(signalnum) < 65:
        raise ValueError("signal number out of range")


def _set_of(signals):
    """The numbers of a set of signals."""
    numbers = [_index(signum) for signum in signals]
    for signum in numbers:
        if not 1 <= signum < 65:
            raise ValueError(f"signal number {signum} out of range [1; 64]")
    return numbers


def _check_main_thread(name):
    import threading
    if threading.current_thread() is not threading.main_thread():
        raise ValueError(f"{name} only works in main thread of the main interpreter")


def signal(signalnum, handler):
    """Sets the handler of a signal; gives the one before."""
    _check_main_thread("signal")
    _check(signalnum)
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    # Those of SIGKILL and SIGSTOP cannot be changed, and two signals belong to the C library.
    if signalnum in (9, 19, 32, 33):
        raise OSError(22, "Invalid argument")
    before = getsignal(signalnum)
    _handlers[int(signalnum)] = handler
    _kernel.set_signal_handler(int(signalnum), handler if callable(handler) else int(handler))
    return before


def getsignal(signalnum):
    """The handler of a signal."""
    _check(signalnum)
    return _handlers.get(int(signalnum), SIG_DFL)


# In the order of their numbers.
_DESCRIPTIONS = (
    "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
    "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2",
    "Broken pipe", "Alarm clock", "Terminated", "Stack fault", "Child exited", "Continued", "Stopped (signal)",
    "Stopped", "Stopped (tty input)", "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded",
    "File size limit exceeded", "Virtual timer expired", "Profiling timer expired", "Window changed", "I/O possible",
    "Power failure", "Bad system call")


def strsignal(signalnum):
    _check(signalnum)
    number = int(signalnum)
    if number <= len(_DESCRIPTIONS):
        return _DESCRIPTIONS[number - 1]
    return f"Real-time signal {number - SIGRTMIN}" if number >= SIGRTMIN else None


def valid_signals():
    # The two below the first real-time signal belong to the C library.
    return {_as_enum(number, Signals) for number in range(1, 65) if number not in (32, 33)}


def siginterrupt(signalnum, flag, /):
    """System calls are never interrupted here."""


def _refuse(feature):
    import _loopscope
    _loopscope.unsupported(feature)


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    _check_main_thread("set_wakeup_fd")
    if fd != -1:
        _refuse("signal.set_wakeup_fd")
    return -1


class ItimerError(OSError):
    """A timer cannot be set."""

    __module__ = "signal"


ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2
NSIG = 65


def _check_timer(which):
    if which not in (ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF):
        raise ItimerError(22, "Invalid argument")
    if which != ITIMER_REAL:
        _refuse("signal.ITIMER_VIRTUAL and signal.ITIMER_PROF")


def alarm(seconds, /):
    """Has SIGALRM sent after so many seconds; gives what was left of the alarm before."""
    left = _kernel.set_alarm(seconds & 0xFFFFFFFF, 0)[0]
    return int(left) + (left > int(left))


def setitimer(which, seconds, interval=0.0, /):
    """Has SIGALRM sent after some time, and then again and again; gives the timer before."""
    _check_timer(which)
    if seconds < 0 or interval < 0:
        raise ItimerError(22, "Invalid argument")
    return _kernel.set_alarm(seconds, interval)


def getitimer(which, /):
    """What is left of a timer, and its interval."""
    _check_timer(which)
    return _kernel.get_alarm()


pause = _kernel.pause


def pthread_sigmask(how, mask, /):
    """Changes which signals the running thread holds back; gives those that it did."""
    mask = _set_of(mask)
    if how not in tuple(Sigmasks):
        raise OSError(22, "Invalid argument")
    before = _kernel.set_signal_mask(None)
    blocked = {SIG_BLOCK: set(before) | set(mask), SIG_UNBLOCK: set(before) - set(mask), SIG_SETMASK: set(mask)}[how]
    _kernel.set_signal_mask(sorted(blocked - {9, 19}))
    return {_as_enum(signum, Signals) for signum in before}


def sigpending():
    """The signals that have arrived and are held back."""
    return {_as_enum(signum, Signals) for signum in _kernel.held_signals()}


def sigwait(sigset, /):
    """Waits for one of the signals that are held back."""
    return _as_enum(_kernel.wait_for_signal(_set_of(sigset)), Signals)


def sigwaitinfo(sigset, /):
    return _info(_kernel.wait_for_signal(_set_of(sigset)))


def sigtimedwait(sigset, timeout, /):
    if timeout < 0:
        raise ValueError("timeout must be non-negative")
    signum = _kernel.wait_for_signal(_set_of(sigset), timeout)
    return None if signum is None else _info(signum)


def _info(signum):
    return struct_siginfo((signum, 0, 0, 0, 0, 0, 0))


def pidfd_send_signal(pidfd, sig, siginfo=None, flags=0, /):
    _refuse("signal.pidfd_send_signal")


_handlers[2] = default_int_handler
