"""The part of the loop between its core and the operating system."""

import _kernel

from . import base_events
from . import events
from .log import logger


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """A loop with a selector. The only thing that it selects besides timers are signals."""

    def __init__(self, selector=None):
        super().__init__()
        logger.debug("Using selector: %s", "EpollSelector" if selector is None else type(selector).__name__)
        self._signals_seen = []
        self._reader = events.Handle(self._read_from_self, (), self, None)

    time, call_soon_threadsafe = _kernel.BaseEventLoop.time, _kernel.BaseEventLoop.call_soon_threadsafe
    _write_to_self = _kernel.BaseEventLoop._write_to_self

    def _process_events(self, event_list):
        """The native part does it."""

    def _run_once(self):
        self._select()
        more = True
        while more:
            # The stacks that debug mode keeps tell the modes apart by the line.
            if self._debug:
                more = self._run_ready()
            else:
                more = self._run_ready()

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._reader.cancel()
        self._reader = None     # which knows the loop
        super().close()

    def _read_from_self(self):
        """Something was written to the loop's own pipe: the numbers of signals."""
        seen, self._signals_seen = self._signals_seen, []
        self._process_self_data(seen)

    def _process_self_data(self, data):
        """Nothing to be done for pokes alone."""

    def _signal_arrived(self, signum):
        if not self._signals_seen:
            self._found(self._reader)
        self._signals_seen.append(signum)
