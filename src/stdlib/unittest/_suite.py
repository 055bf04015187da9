"""Tests that are run one after the other, with what surrounds the tests of a class."""

import sys


class BaseTestSuite:
    """A list of tests and suites."""

    __module__ = "unittest.suite"

    def __init__(self, tests=()):
        self._tests = []
        self.addTests(tests)

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def countTestCases(self):
        return sum(test.countTestCases() for test in self if test)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, type(self)) else NotImplemented

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} tests={list(self)}>"

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def run(self, result):
        for test in self:
            if result.shouldStop:
                break
            test(result)
        return result


class TestSuite(BaseTestSuite):
    """One that prepares classes before their first test and clears up after their last."""

    __module__ = "unittest.suite"

    def run(self, result, debug=False):
        """Runs the tests."""
        outermost = not getattr(result, "_in_suite", False)
        result._in_suite = True
        for test in self:
            if result.shouldStop:
                break
            if not isinstance(test, BaseTestSuite):
                self._change_class(type(test), result)
                if getattr(type(test), "_class_failed", False):
                    continue
            test(result)
        if outermost:
            self._change_class(None, result)
            result._in_suite = False
        return result

    def _change_class(self, cls, result):
        previous = getattr(result, "_previous_class", None)
        if cls is previous:
            return
        result._previous_class = cls
        if previous is not None and not getattr(previous, "_class_failed", False):
            _of_class(previous, "tearDownClass", result)
            _clean_up(previous, result)
        if cls is None or getattr(cls, "__unittest_skip__", False):
            return
        cls._class_failed = not _of_class(cls, "setUpClass", result)
        if cls._class_failed:
            _clean_up(cls, result)


def _of_class(cls, name, result):
    """Calls what surrounds the tests of a class; did it go well?"""
    from unittest._case import SkipTest

    method = getattr(cls, name, None)
    if method is None or getattr(cls, "__unittest_skip__", False):
        return True
    try:
        method()
        return True
    except SkipTest as skipped:
        result.addSkip(_Holder(f"{name} ({cls.__module__}.{cls.__qualname__})"), str(skipped))
    except Exception:
        result.addError(_Holder(f"{name} ({cls.__module__}.{cls.__qualname__})"), sys.exc_info())
    return False


def _clean_up(cls, result):
    clean_up = getattr(cls, "doClassCleanups", None)
    if clean_up is None:
        return
    clean_up()
    for error in cls.tearDown_exceptions:
        result.addError(_Holder(f"tearDownClass ({cls.__module__}.{cls.__qualname__})"), error)


class _Holder:
    """Stands in the report for what is no test."""

    failureException = AssertionError

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __str__(self):
        return self.description

    def countTestCases(self):
        return 0
