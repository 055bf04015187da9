"""What came of tests."""

import traceback


class TestResult:
    """Counts tests, and keeps the texts of their failures."""

    __module__ = "unittest.result"

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self.collectedDurations = []
        self.testsRun = 0
        self.shouldStop = False
        self.buffer = False
        self.tb_locals = False

    def startTestRun(self):
        """Before the first test."""

    def stopTestRun(self):
        """After the last test."""

    def startTest(self, test):
        """Before each test."""
        self.testsRun += 1

    def stopTest(self, test):
        """After each test."""

    def stop(self):
        """No further tests."""
        self.shouldStop = True

    def addError(self, test, err):
        self.errors.append((test, self._text(test, err)))
        self._stop_if_fast()

    def addFailure(self, test, err):
        self.failures.append((test, self._text(test, err)))
        self._stop_if_fast()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], test.failureException)
            (self.failures if failed else self.errors).append((subtest, self._text(test, err)))
            self._stop_if_fast()

    def addSuccess(self, test):
        """A test passed."""

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._text(test, err)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)
        self._stop_if_fast()

    def addDuration(self, test, elapsed):
        self.collectedDurations.append((str(test), elapsed))

    def wasSuccessful(self):
        """Did all tests do what was expected?"""
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def _stop_if_fast(self):
        if self.failfast:
            self.stop()

    def _text(self, test, err):
        """The traceback of an exception without the frames of this package."""
        kind, value, tb = err
        shown = traceback.TracebackException(kind, value, tb, capture_locals=self.tb_locals, compact=True)
        for exception in _chain(shown):
            own = [not frame.filename.startswith(_HERE) for frame in exception.stack]
            kept = [frame for frame, is_own in zip(exception.stack, own) if is_own]
            exception.stack[:] = kept
        return "".join(shown.format())

    def __repr__(self):
        return (
            f"<{type(self).__module__}.{type(self).__qualname__} run={self.testsRun} "
            f"errors={len(self.errors)} failures={len(self.failures)}>"
        )


_HERE = ("unittest/", "asyncio/")


def _chain(exception):
    """An exception and those that led to it."""
    waiting, seen = [exception], set()
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__cause__, found.__context__]
