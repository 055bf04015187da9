"""The event loop of Unix: with signal handlers."""

__all__ = ("SelectorEventLoop", "EventLoop")

import signal
import sys
import weakref

import _kernel

from . import coroutines
from . import events
from . import selector_events


def _sighandler_noop(signum, frame):
    """The loop is told of the signal in another way."""


def _told_of_signals(loop):
    """What is called with the numbers of signals. It does not keep the loop, as its pipe would not."""
    reference = weakref.ref(loop)

    def told(signum):
        loop = reference()
        if loop is not None:
            loop._signal_arrived(signum)
    return told


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """The loop that `asyncio.run` makes."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def close(self):
        super().close()
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)

    def _process_self_data(self, data):
        for signum in data:
            self._handle_signal(signum)

    def add_signal_handler(self, sig, callback, *args):
        """Has a callback called by the loop when a signal arrives."""
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        try:
            self._check_thread()
        except ValueError as exc:
            raise RuntimeError(str(exc))
        _kernel.set_signal_wakeup(_told_of_signals(self))
        self._signal_handlers[sig] = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, _sighandler_noop)
        except OSError:
            del self._signal_handlers[sig]
            raise RuntimeError(f"sig {sig} cannot be caught")

    def _check_thread(self):
        import threading
        if threading.current_thread() is not threading.main_thread():
            raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._add_callback_signalsafe(handle)

    def _add_callback_signalsafe(self, handle):
        self._add_callback(handle)
        self._write_to_self()

    def remove_signal_handler(self, sig):
        """Takes the callback away; tells whether there was one."""
        self._check_signal(sig)
        if sig not in self._signal_handlers:
            return False
        del self._signal_handlers[sig]
        signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        if not self._signal_handlers:
            _kernel.set_signal_wakeup(None)
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")


class _UnixDefaultEventLoopPolicy(events._BaseDefaultEventLoopPolicy):
    """The policy of Unix."""

    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
_DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
