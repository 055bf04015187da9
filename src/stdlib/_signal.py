"""Sending signals: what CPython's modules signal and posix do in C."""

import _kernel


def _check_sent(signalnum):
    # 0 sends nothing.
    if not 0 <= signalnum < 65:
        raise OSError(22, "Invalid argument")


def raise_signal(signum, /):
    """Sends a signal to the running thread."""
    _check_sent(signum)
    if signum:
        _kernel.raise_signal(int(signum))


def pthread_kill(thread_id, signalnum, /):
    """Sends a signal to a thread; its handler runs in the main thread."""
    _check_sent(signalnum)
    if not _kernel.thread_kill(thread_id, int(signalnum)):
        raise ProcessLookupError(3, "No such process")


def kill(pid, signal, /):
    """Sends a signal to a process of the program."""
    from multiprocessing.process import _number_of
    number = _number_of(pid)
    _check_sent(signal)
    if number is None or not _kernel.process_kill(number, signal):
        raise ProcessLookupError(3, "No such process")
