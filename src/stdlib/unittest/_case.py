"""A test case: one method to be run, with what comes before and after it."""

import functools
import sys
import time
import warnings
from unittest._asserts import Assertions
from unittest._result import TestResult


class SkipTest(Exception):
    """Raised in a test to skip it."""

    __module__ = "unittest.case"


def skip(reason):
    """Decorates a test that is not to be run."""

    def decorator(test_item):
        if not isinstance(test_item, type):

            @functools.wraps(test_item)
            def skip_wrapper(*args, **kwargs):
                raise SkipTest(reason)

            test_item = skip_wrapper
        test_item.__unittest_skip__ = True
        test_item.__unittest_skip_why__ = reason
        return test_item

    if callable(reason) and not isinstance(reason, str):
        test_item, reason = reason, ""
        return decorator(test_item)
    return decorator


def skipIf(condition, reason):
    """Skips a test if something holds."""
    return skip(reason) if condition else _as_it_is


def skipUnless(condition, reason):
    """Skips a test unless something holds."""
    return _as_it_is if condition else skip(reason)


def _as_it_is(test_item):
    return test_item


def expectedFailure(test_item):
    """Decorates a test that has to fail."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Calls a function when the tests of the module are over."""
    _module_cleanups.append((function, args, kwargs))


def doModuleCleanups():
    """Calls what was registered, the last first."""
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        function(*args, **kwargs)


def _enter(cm, add_cleanup):
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        name = f"{cls.__module__}.{cls.__qualname__}"
        raise TypeError(f"'{name}' object does not support the context manager protocol") from None
    result = enter(cm)
    add_cleanup(leave, cm, None, None, None)
    return result


class _Outcome:
    """How a test goes: what it raises goes to the result."""

    def __init__(self, result):
        self.result, self.success = result, True
        self.expecting_failure, self.expected_failure = False, None

    def run(self, test, function, *args):
        """Calls a part of a test; did it go well?"""
        before, self.success = self.success, True
        try:
            function(*args)
        except KeyboardInterrupt:
            raise
        except SkipTest as skipped:
            self.success = False
            self.result.addSkip(test, str(skipped))
        except BaseException:
            error = sys.exc_info()
            if self.expecting_failure:
                self.expected_failure = error
            else:
                self.success = False
                self.report(test, error)
        passed, self.success = self.success, self.success and before
        return passed

    def report(self, test, error):
        if isinstance(test, _SubTest):
            self.result.addSubTest(test.test_case, test, error)
        elif issubclass(error[0], test.failureException):
            self.result.addFailure(test, error)
        else:
            self.result.addError(test, error)


_EQUALITIES = {
    dict: "assertDictEqual",
    list: "assertListEqual",
    tuple: "assertTupleEqual",
    set: "assertSetEqual",
    frozenset: "assertSetEqual",
    str: "assertMultiLineEqual",
}


class TestCase(Assertions):
    """Tests are its methods whose names begin with `test`."""

    __module__ = "unittest.case"
    failureException = AssertionError
    longMessage = True
    _class_cleanups = []
    tearDown_exceptions = []

    def __init_subclass__(cls, *args, **kwargs):
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._outcome = None
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = dict(_EQUALITIES)
        method = getattr(self, methodName, None)
        if method is None and methodName != "runTest":
            raise ValueError(f"no such test method in {type(self)}: {methodName}")
        self._testMethodDoc = getattr(method, "__doc__", None)

    def addTypeEqualityFunc(self, typeobj, function):
        """A function that compares two objects of that very class in `assertEqual`."""
        self._type_equality_funcs[typeobj] = function

    def addCleanup(self, function, /, *args, **kwargs):
        """Calls a function when the test is over; the last that was added comes first."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enters a context manager, and leaves it when the test is over."""
        return _enter(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Calls a function when all tests of the class are over."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        return _enter(cm, cls.addClassCleanup)

    def setUp(self):
        """Prepares a test."""

    def tearDown(self):
        """Clears up after a test."""

    @classmethod
    def setUpClass(cls):
        """Prepares all tests of the class."""

    @classmethod
    def tearDownClass(cls):
        """Clears up after all tests of the class."""

    @classmethod
    def doClassCleanups(cls):
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return TestResult()

    def shortDescription(self):
        """The first line of the method's text."""
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        cls = type(self)
        return f"{cls.__module__}.{cls.__qualname__}.{self._testMethodName}"

    def __str__(self):
        return f"{self._testMethodName} ({self.id()})"

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} testMethod={self._testMethodName}>"

    def __eq__(self, other):
        return self._testMethodName == other._testMethodName if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def subTest(self, msg=None, **params):
        """A part of a test that may fail for itself."""
        return _SubTestContext(self, msg, params)

    def skipTest(self, reason):
        """Skips this test."""
        raise SkipTest(reason)

    # What is called; the asynchronous test case does it in its loop.

    def _call_set_up(self):
        self.setUp()

    def _call_test_method(self, method):
        result = method()
        if result is not None:
            self._warn_of_result(method, result)

    def _warn_of_result(self, method, result):
        warnings.warn(
            f"It is deprecated to return a value that is not None from a test case "
            f"({method} returned {type(result).__name__!r})",
            DeprecationWarning,
            stacklevel=3,
        )

    def _call_tear_down(self):
        self.tearDown()

    def _call_cleanup(self, function, *args, **kwargs):
        function(*args, **kwargs)

    def run(self, result=None):
        """Runs the test; what comes of it goes to the result."""
        own_result = result is None
        if own_result:
            result = self.defaultTestResult()
            result.startTestRun()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            skipped = [of for of in (type(self), method) if getattr(of, "__unittest_skip__", False)]
            if skipped:
                reason = getattr(type(self), "__unittest_skip_why__", "") or getattr(method, "__unittest_skip_why__", "")
                result.addSkip(self, reason)
            else:
                self._run_all(result, method)
            return result
        finally:
            result.stopTest(self)
            if own_result:
                result.stopTestRun()

    def _run_all(self, result, method):
        self._outcome = outcome = _Outcome(result)
        expected = getattr(self, "__unittest_expecting_failure__", False) or getattr(
            method, "__unittest_expecting_failure__", False
        )
        start = time.perf_counter()
        try:
            if outcome.run(self, self._call_set_up):
                outcome.expecting_failure = expected
                outcome.run(self, self._call_test_method, method)
                outcome.expecting_failure = False
                outcome.run(self, self._call_tear_down)
            self.doCleanups()
            result.addDuration(self, time.perf_counter() - start)
            if not outcome.success:
                return
            if not expected:
                result.addSuccess(self)
            elif outcome.expected_failure is not None:
                result.addExpectedFailure(self, outcome.expected_failure)
            else:
                result.addUnexpectedSuccess(self)
        finally:
            self._outcome = None

    def doCleanups(self):
        """Calls the clean-up functions."""
        outcome = self._outcome or _Outcome(TestResult())
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            outcome.run(self, functools.partial(self._call_cleanup, function, *args, **kwargs))
        return outcome.success

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Runs the test without collecting its exceptions."""
        method = getattr(self, self._testMethodName)
        if getattr(type(self), "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
            raise SkipTest(getattr(method, "__unittest_skip_why__", ""))
        self._call_set_up()
        self._call_test_method(method)
        self._call_tear_down()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._call_cleanup(function, *args, **kwargs)


class _SubTestContext:
    def __init__(self, case, message, params):
        self._case, self._message, self._params = case, message, params

    def __enter__(self):
        case = self._case
        self._outer = case._subtest
        params = {**(self._outer.params if self._outer else {}), **self._params}
        case._subtest = _SubTest(case, self._message, params)

    def __exit__(self, kind, exception, tb):
        case = self._case
        subtest, case._subtest = case._subtest, self._outer
        outcome = case._outcome
        if outcome is None:
            return False
        if exception is None:
            outcome.result.addSubTest(case, subtest, None)
            return False
        if isinstance(exception, KeyboardInterrupt):
            return False
        if isinstance(exception, SkipTest):
            outcome.success = False
            outcome.result.addSkip(subtest, str(exception))
            return True
        error = (kind, exception, tb)
        if outcome.expecting_failure:
            outcome.expected_failure = error
        else:
            outcome.success = False
            outcome.report(subtest, error)
        return not outcome.result.failfast


class _SubTest(TestCase):
    """A part of a test, for the report."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case, self._message, self.params = test_case, message, params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _description(self):
        parts = [] if self._message is None else [f"[{self._message}]"]
        if self.params:
            shown = ", ".join([f"{name}={value!r}" for name, value in self.params.items()])
            parts.append(f"({shown})")
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._description()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._description()}"


class FunctionTestCase(TestCase):
    """A function as a test."""

    __module__ = "unittest.case"

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._set_up, self._tear_down, self._function, self._text = setUp, tearDown, testFunc, description

    def setUp(self):
        if self._set_up is not None:
            self._set_up()

    def tearDown(self):
        if self._tear_down is not None:
            self._tear_down()

    def runTest(self):
        self._function()

    def id(self):
        return self._function.__name__

    def __str__(self):
        return f"{type(self).__module__}.{type(self).__qualname__} ({self._function.__name__})"

    def shortDescription(self):
        return self._text or super().shortDescription()
