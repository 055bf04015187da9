"""What tests can ask of a mock about its calls."""

from unittest.mock.calls import CallList, _Call, parts, shown
from unittest._differences import safe_repr


class Asserting:
    """The assertions of mocks."""

    def _called_name(self):
        return self._mock_name or "mock"

    def assert_not_called(self):
        """It was never called."""
        if self.call_count != 0:
            self._fail_with_calls("to not have been called. Called")

    def assert_called(self):
        """It was called."""
        if self.call_count == 0:
            raise AssertionError(f"Expected '{self._called_name()}' to have been called.")

    def assert_called_once(self):
        """It was called once."""
        if self.call_count != 1:
            self._fail_with_calls("to have been called once. Called")

    def _fail_with_calls(self, text):
        times = f"{self.call_count} times.{self._calls_repr()}"
        raise AssertionError(f"Expected '{self._called_name()}' {text} {times}")

    def assert_called_with(self, /, *args, **kwargs):
        """The last call had these arguments."""
        if self.call_args is None:
            expected = self._shown_call(args, kwargs)
            raise AssertionError(f"expected call not found.\nExpected: {expected}\n  Actual: not called.")
        expected, cause = self._expected_call(args, kwargs)
        if self._call_matcher(self.call_args) != expected:
            raise AssertionError(self._mismatch("call", self.call_args, args, kwargs)) from cause

    def _expected_call(self, args, kwargs):
        """A call to compare others with, and why there is none if the arguments do not fit."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        return expected, expected if isinstance(expected, Exception) else None

    def _expected_calls(self, calls):
        """The same of several; the first reason."""
        expected = [self._call_matcher(one) for one in calls]
        return expected, next((one for one in expected if isinstance(one, Exception)), None)

    def _is_among(self, calls, expected, cause):
        return cause is None and expected in [self._call_matcher(one) for one in calls]

    def _mismatch(self, action, actual, args, kwargs):
        expected = self._shown_call(args, kwargs)
        return f"expected {action} not found.\nExpected: {expected}\n  Actual: {self._shown_call(*actual)}"

    def _shown_call(self, args, kwargs):
        return shown(self._called_name(), args, kwargs)

    def assert_called_once_with(self, /, *args, **kwargs):
        """It was called once, with these arguments."""
        if self.call_count != 1:
            self._fail_with_calls("to be called once. Called")
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """Some call had these arguments."""
        expected, cause = self._expected_call(args, kwargs)
        if not self._is_among(self.call_args_list, expected, cause):
            raise AssertionError(f"{self._shown_call(args, kwargs)} call not found") from cause

    def assert_has_calls(self, calls, any_order=False):
        """Among the calls are these, one after the other or in any order."""
        expected, cause = self._expected_calls(calls)
        actual = CallList(self._call_matcher(one) for one in self.mock_calls)
        if not any_order:
            if expected in actual:
                return
            found = safe_repr(self.mock_calls)
            raise AssertionError(f"{not_found('calls', expected, cause)}\nExpected: {CallList(calls)}\n  Actual: {found}") from cause
        left, missing = without(actual, expected)
        if missing:
            name = self._called_name()
            raise AssertionError(
                f"{name!r} does not contain all of {tuple(missing)!r} in its call list, found {left!r} instead"
            ) from cause

    def _calls_repr(self):
        return f"\nCalls: {safe_repr(self.mock_calls)}." if self.mock_calls else ""

    def _call_matcher(self, one):
        """A call with its arguments as the signature orders them, to be compared; an error if they do not fit."""
        if not isinstance(one, tuple) or not one:
            return one
        signature = self._signature_of(one[0]) if len(one) > 2 else self._spec_signature
        if signature is None:
            return one
        name, args, kwargs = parts(one)
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            return error.with_traceback(None)
        return _Call((name, bound.args, bound.kwargs))

    def _signature_of(self, name):
        """The signature of a child by its name, `method().other`."""
        if not name:
            return self._spec_signature
        children, signature = self._mock_children, None
        for part in name.replace("()", "").split("."):
            child = children.get(part)
            child = getattr(child, "__dict__", {}).get("mock", child)
            if not isinstance(child, Asserting):
                break
            children, signature = child._mock_children, child._spec_signature
        return signature


def not_found(what, expected, cause):
    """How a message begins that tells of missing calls or awaits."""
    if cause is None:
        return f"{what.capitalize()} not found."
    errors = [one if isinstance(one, Exception) else None for one in expected]
    return f"Error processing expected {what}.\nErrors: {errors}"


def without(actual, expected):
    """What is left of calls without those that were expected, and which of these were not among them."""
    left, missing = list(actual), []
    for one in expected:
        try:
            left.remove(one)
        except ValueError:
            missing.append(one)
    return left, missing


Asserting.__module__ = "unittest.mock"
