"""Mocks whose calls are to be awaited."""

import inspect
from unittest.mock.asserting import not_found, without
from unittest.mock.base import Base, Mock, delegated
from unittest.mock.calls import CallList, _Call
from unittest.mock.magic import MagicMixin
from unittest.mock.values import DEFAULT, is_callable, is_exception


class AsyncMockMixin(Base):
    """Calls that are coroutines, and how often they were awaited."""

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__.update(
            _is_coroutine_mark=inspect._mark,
            _mock_await_count=0,
            _mock_await_args=None,
            _mock_await_args_list=CallList(),
        )

    await_count = delegated("await_count")
    await_args = delegated("await_args")
    await_args_list = delegated("await_args_list")

    async def _execute_mock_call(self, /, *args, **kwargs):
        record = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = record
        self.await_args_list.append(record)
        effect = self.side_effect
        if effect is not None:
            if is_exception(effect):
                raise effect
            result = await _result_of(effect, args, kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        wrapped = self._mock_wraps
        if wrapped is not None:
            if inspect.iscoroutinefunction(wrapped):
                return await wrapped(*args, **kwargs)
            return wrapped(*args, **kwargs)
        return self.return_value

    def assert_awaited(self):
        """It was awaited."""
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._called_name()} to have been awaited.")

    def assert_awaited_once(self):
        """It was awaited once."""
        if self.await_count != 1:
            self._fail_with_awaits("have been awaited once")

    def assert_awaited_with(self, /, *args, **kwargs):
        """It was last awaited with these arguments."""
        if self.await_args is None:
            expected = self._shown_call(args, kwargs)
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        expected, cause = self._expected_call(args, kwargs)
        if self._call_matcher(self.await_args) != expected:
            raise AssertionError(self._mismatch("await", self.await_args, args, kwargs)) from cause

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """It was awaited once, with these arguments."""
        if self.await_count != 1:
            self._fail_with_awaits("have been awaited once")
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """It was awaited with these arguments at some time."""
        expected, cause = self._expected_call(args, kwargs)
        if not self._is_among(self.await_args_list, expected, cause):
            raise AssertionError(f"{self._shown_call(args, kwargs)} await not found") from cause

    def assert_has_awaits(self, calls, any_order=False):
        """It was awaited with these arguments, in that order or in any."""
        expected, cause = self._expected_calls(calls)
        actual = CallList(self._call_matcher(one) for one in self.await_args_list)
        if not any_order:
            if expected not in actual:
                problem = not_found("awaits", expected, cause)
                raise AssertionError(
                    f"{problem}\nExpected: {CallList(calls)}\nActual: {self.await_args_list}"
                ) from cause
            return
        missing = without(actual, expected)[1]
        if missing:
            raise AssertionError(f"{tuple(missing)!r} not all found in await list") from cause

    def assert_not_awaited(self):
        """It was never awaited."""
        if self.await_count != 0:
            self._fail_with_awaits("not have been awaited")

    def _fail_with_awaits(self, text):
        name = self._called_name()
        raise AssertionError(f"Expected {name} to {text}. Awaited {self.await_count} times.")

    def reset_mock(self, /, *args, **kwargs):
        """Forgets all calls and awaits."""
        super().reset_mock(*args, **kwargs)
        self.await_count, self.await_args, self.await_args_list = 0, None, CallList()


async def _result_of(effect, args, kwargs):
    """What a side effect gives: the result of a function, or the next of several."""
    if not is_callable(effect):
        try:
            result = next(effect)
        except StopIteration:
            raise StopAsyncIteration from None
        if is_exception(result):
            raise result
        return result
    if inspect.iscoroutinefunction(effect):
        return await effect(*args, **kwargs)
    return effect(*args, **kwargs)


class AsyncMagicMixin(MagicMixin):
    """The special methods of asynchronous mocks."""


class AsyncMock(AsyncMockMixin, AsyncMagicMixin, Mock):
    """A mock whose calls are coroutines; its attributes are such mocks too."""


for _class in (AsyncMockMixin, AsyncMagicMixin, AsyncMock):
    _class.__module__ = "unittest.mock"
