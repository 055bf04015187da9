"""Mocks that other threads call."""

import threading
from unittest.mock.base import Base, Mock
from unittest.mock.magic import MagicMixin, MagicMock


class ThreadingMixin(Base):
    """Waiting for calls."""

    DEFAULT_TIMEOUT = None

    def __init__(self, /, *args, timeout=None, **kwargs):
        self.__dict__["_mock_wait_timeout"] = self.DEFAULT_TIMEOUT if timeout is None else timeout
        self.__dict__["_mock_called_condition"] = threading.Condition()
        super().__init__(*args, **kwargs)

    def _get_child_mock(self, /, **kw):
        name = kw.get("_new_name") or ""
        if not name.startswith("__"):
            kw.setdefault("timeout", self._mock_wait_timeout)
            return ThreadingMock(**kw)
        return MagicMock(**kw)

    def _mock_call(self, /, *args, **kwargs):
        with self._mock_called_condition:
            result = super()._mock_call(*args, **kwargs)
            self._mock_called_condition.notify_all()
        return result

    def wait_until_called(self, *, timeout=None):
        """Waits until the mock has been called."""
        timeout = self._mock_wait_timeout if timeout is None else timeout
        with self._mock_called_condition:
            if not self._mock_called_condition.wait_for(lambda: self.called, timeout=timeout):
                name = self._mock_name or "mock"
                raise AssertionError(f"{name} was not called before timeout({timeout}).")

    def wait_until_any_call_with(self, *args, **kwargs):
        """Waits until some call had these arguments."""
        expected = self._call_matcher(((args, kwargs)))
        timeout = self._mock_wait_timeout

        def found():
            return expected in [self._call_matcher(one) for one in self.call_args_list]

        with self._mock_called_condition:
            if not self._mock_called_condition.wait_for(found, timeout=timeout):
                shown = self._shown_call(args, kwargs)
                raise AssertionError(f"{shown} call not found before timeout({timeout}).")


class ThreadingMock(ThreadingMixin, MagicMixin, Mock):
    """A mock on whose calls other threads can wait."""


for _class in (ThreadingMixin, ThreadingMock):
    _class.__module__ = "unittest.mock"
