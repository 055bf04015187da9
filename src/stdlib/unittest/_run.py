"""Finding tests, running them, and reporting as text."""

import sys
import time
from functools import cmp_to_key
from unittest._case import TestCase
from unittest._result import TestResult
from unittest._suite import TestSuite

_WIDTH = 70


class TextTestResult(TestResult):
    """Writes a letter or a line for each test, and the failures at the end."""

    __module__ = "unittest.runner"
    separator1, separator2 = "=" * _WIDTH, "-" * _WIDTH

    def __init__(self, stream, descriptions, verbosity, *, durations=None):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions = stream, descriptions
        self.showAll, self.dots = verbosity > 1, verbosity == 1
        self._new_line = True

    def getDescription(self, test):
        first = test.shortDescription()
        return f"{test}\n{first}" if self.descriptions and first else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self._write(f"{self.getDescription(test)} ... ")
            self._new_line = False

    def _write(self, text):
        self.stream.write(text)
        self.stream.flush()

    def _status(self, test, word, letter):
        if self.dots:
            self._write(letter)
        elif self.showAll:
            if self._new_line:
                self._write(f"  {self.getDescription(test)} ... ")
            self._write(word + "\n")
            self._new_line = True

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            if self.showAll and not self._new_line:
                self._write("\n")
                self._new_line = True
            self._status(subtest, *(("FAIL", "F") if failed else ("ERROR", "E")))
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._status(test, "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._status(test, "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._status(test, "FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._status(test, f"skipped {reason!r}", "s")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._status(test, "expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._status(test, "unexpected success", "u")

    def printErrors(self):
        """The report of what went wrong."""
        if self.dots or self.showAll:
            self._write("\n")
        for flavour, found in (("ERROR", self.errors), ("FAIL", self.failures)):
            for test, text in found:
                title = f"{self.separator1}\n{flavour}: {self.getDescription(test)}\n{self.separator2}\n"
                self._write(f"{title}{text}\n")
        if self.unexpectedSuccesses:
            self._write(self.separator1 + "\n")
            for test in self.unexpectedSuccesses:
                self._write(f"UNEXPECTED SUCCESS: {self.getDescription(test)}\n")


class TextTestRunner:
    """Runs tests and writes to standard error."""

    __module__ = "unittest.runner"
    resultclass = TextTestResult

    def __init__(
        self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
        warnings=None, *, tb_locals=False, durations=None,
    ):
        self.stream = sys.stderr if stream is None else stream
        self.descriptions, self.verbosity, self.failfast = descriptions, verbosity, failfast
        self.tb_locals = tb_locals
        if resultclass is not None:
            self.resultclass = resultclass

    def run(self, test):
        """Runs a test or a suite."""
        result = self.resultclass(self.stream, self.descriptions, self.verbosity)
        result.failfast, result.tb_locals = self.failfast, self.tb_locals
        start = time.perf_counter()
        result.startTestRun()
        try:
            test(result)
        finally:
            result.stopTestRun()
        taken = time.perf_counter() - start
        result.printErrors()
        self._summary(result, taken)
        return result

    def _summary(self, result, taken):
        write = self.stream.write
        run = result.testsRun
        write(f"{'-' * _WIDTH}\nRan {run} test{'' if run == 1 else 's'} in {taken:.3f}s\n\n")
        counts = {
            "failures": 0 if result.wasSuccessful() else len(result.failures),
            "errors": 0 if result.wasSuccessful() else len(result.errors),
            "skipped": len(result.skipped),
            "expected failures": len(result.expectedFailures),
            "unexpected successes": len(result.unexpectedSuccesses),
        }
        if not result.wasSuccessful():
            write("FAILED")
        elif run == 0 and not result.skipped:
            write("NO TESTS RAN")
        else:
            write("OK")
        shown = ", ".join(f"{name}={count}" for name, count in counts.items() if count)
        write(f" ({shown})\n" if shown else "\n")
        self.stream.flush()


class TestLoader:
    """Finds the tests of classes and modules."""

    __module__ = "unittest.loader"
    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(lambda a, b: (a > b) - (a < b))
    suiteClass = TestSuite

    def getTestCaseNames(self, testCaseClass):
        names = [
            name
            for name in dir(testCaseClass)
            if name.startswith(self.testMethodPrefix) and callable(getattr(testCaseClass, name))
        ]
        if self.sortTestMethodsUsing is not None:
            names.sort(key=cmp_to_key(self.sortTestMethodsUsing))
        return names

    def loadTestsFromTestCase(self, testCaseClass):
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass([testCaseClass(name) for name in names])

    def loadTestsFromModule(self, module, *, pattern=None):
        from unittest._case import FunctionTestCase

        tests = []
        for name in dir(module):
            cls = getattr(module, name)
            if isinstance(cls, type) and issubclass(cls, TestCase) and cls not in (TestCase, FunctionTestCase):
                from unittest._async import IsolatedAsyncioTestCase

                if cls is not IsolatedAsyncioTestCase:
                    tests.append(self.loadTestsFromTestCase(cls))
        load_tests = getattr(module, "load_tests", None)
        suite = self.suiteClass(tests)
        return suite if load_tests is None else load_tests(self, suite, pattern)

    def loadTestsFromName(self, name, module=None):
        found = sys.modules["__main__"] if module is None else module
        parent = None
        for part in name.split("."):
            parent, found = found, getattr(found, part)
        if isinstance(found, type):
            return self.loadTestsFromTestCase(found)
        return self.suiteClass([parent(name.rpartition(".")[2])])

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])


defaultTestLoader = TestLoader()


class TestProgram:
    """Runs the tests of a module and exits with their result."""

    __module__ = "unittest.main"

    def __init__(
        self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader,
        exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False,
        durations=None,
    ):
        if isinstance(module, str):
            __import__(module)
            module = sys.modules[module]
        self.module, self.verbosity = module, verbosity
        argv = sys.argv if argv is None else argv
        names = [argument for argument in argv[1:] if not argument.startswith("-")]
        if "-v" in argv[1:] or "--verbose" in argv[1:]:
            verbosity = 2
        if "-q" in argv[1:] or "--quiet" in argv[1:]:
            verbosity = 0
        if defaultTest is not None and not names:
            names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
        if names:
            self.test = testLoader.loadTestsFromNames(names, module)
        else:
            self.test = testLoader.loadTestsFromModule(module)
        runner = TextTestRunner if testRunner is None else testRunner
        if isinstance(runner, type):
            runner = runner(verbosity=verbosity, failfast=bool(failfast), tb_locals=tb_locals)
        self.result = runner.run(self.test)
        if exit:
            if self.result.testsRun == 0 and not self.result.skipped:
                sys.exit(5)
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
