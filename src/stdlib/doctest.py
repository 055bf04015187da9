"""Examples in docstrings, run and compared with what stands below them."""

import difflib
import inspect
import io
import linecache
import re
import sys
import traceback
import unittest
from collections import namedtuple

_FLAGS = {}


def register_optionflag(name):
    """The number of an option, a new one for a new name."""
    return _FLAGS.setdefault(name, 1 << len(_FLAGS))


DONT_ACCEPT_TRUE_FOR_1 = register_optionflag("DONT_ACCEPT_TRUE_FOR_1")
DONT_ACCEPT_BLANKLINE = register_optionflag("DONT_ACCEPT_BLANKLINE")
NORMALIZE_WHITESPACE = register_optionflag("NORMALIZE_WHITESPACE")
ELLIPSIS = register_optionflag("ELLIPSIS")
SKIP = register_optionflag("SKIP")
IGNORE_EXCEPTION_DETAIL = register_optionflag("IGNORE_EXCEPTION_DETAIL")
COMPARISON_FLAGS = (
    DONT_ACCEPT_TRUE_FOR_1
    | DONT_ACCEPT_BLANKLINE
    | NORMALIZE_WHITESPACE
    | ELLIPSIS
    | SKIP
    | IGNORE_EXCEPTION_DETAIL
)
REPORT_UDIFF = register_optionflag("REPORT_UDIFF")
REPORT_CDIFF = register_optionflag("REPORT_CDIFF")
REPORT_NDIFF = register_optionflag("REPORT_NDIFF")
REPORT_ONLY_FIRST_FAILURE = register_optionflag("REPORT_ONLY_FIRST_FAILURE")
FAIL_FAST = register_optionflag("FAIL_FAST")
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST
OPTIONFLAGS_BY_NAME = _FLAGS

BLANKLINE_MARKER = "<BLANKLINE>"
ELLIPSIS_MARKER = "..."


class TestResults(namedtuple("TestResults", "failed attempted")):
    """How many examples failed, of how many."""

    def __new__(cls, failed, attempted, *, skipped=0):
        results = super().__new__(cls, failed, attempted)
        results.skipped = skipped
        return results

    def __repr__(self):
        skipped = f", skipped={self.skipped}" if self.skipped else ""
        return f"TestResults(failed={self.failed}, attempted={self.attempted}{skipped})"


class Example:
    """A piece of source text and what it is to print."""

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        self.source = source if source.endswith("\n") else source + "\n"
        self.want = want if not want or want.endswith("\n") else want + "\n"
        self.exc_msg = exc_msg if exc_msg is None or exc_msg.endswith("\n") else exc_msg + "\n"
        self.lineno, self.indent, self.options = lineno, indent, options or {}


class DocTest:
    """The examples of one docstring, and the names they can use."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples, self.globs, self.name = examples, dict(globs), name
        self.filename, self.lineno, self.docstring = filename, lineno, docstring

    def __repr__(self):
        count = len(self.examples)
        many = "no examples" if not count else "1 example" if count == 1 else f"{count} examples"
        return f"<{type(self).__name__} {self.name} from {self.filename}:{self.lineno} ({many})>"

    def __lt__(self, other):
        return self.name < other.name if isinstance(other, DocTest) else NotImplemented


_PROMPT = re.compile(r"(?P<indent> *)>>>(?P<rest>.*)")
_OPTION = re.compile(r"#\s*doctest:\s*([^\n'\"]*)$", re.MULTILINE)
_ERROR = re.compile(r"Traceback \((?:most recent call last|innermost last)\):\s*$")


class DocTestParser:
    """Finds examples in texts."""

    def parse(self, string, name="<string>"):
        """The examples of a text, and the texts between them."""
        lines = string.expandtabs().split("\n")
        indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
        cut = min(indents, default=0)
        lines = [line[cut:] for line in lines]
        found, between, at = [], [], 0
        while at < len(lines):
            start = _PROMPT.match(lines[at])
            if start is None:
                between.append(lines[at])
                at += 1
                continue
            found.append("".join(line + "\n" for line in between))
            between = []
            example, at = self._example(lines, at, len(start["indent"]), name)
            if example is not None:
                example.indent += cut
                found.append(example)
        found.append("\n".join(between))
        return found

    def _example(self, lines, at, indent, name):
        first, source = at, [lines[at]]
        at += 1
        dots = " " * indent + "..."
        while at < len(lines) and (lines[at].startswith(dots + " ") or lines[at].rstrip() == dots):
            source.append(lines[at])
            at += 1
        wanted = []
        while at < len(lines) and lines[at].strip() and not lines[at].lstrip().startswith(">>>"):
            wanted.append(lines[at])
            at += 1
        for offset, line in enumerate(source):
            if len(line) > indent + 3 and line[indent + 3] != " ":
                raise ValueError(
                    f"line {first + offset + 1} of the docstring for {name} lacks blank after "
                    f"{line[indent : indent + 3]}: {line!r}"
                )
        for offset, line in enumerate(wanted):
            if line[:indent].strip():
                raise ValueError(
                    f"line {first + len(source) + offset + 1} of the docstring for {name} has inconsistent leading "
                    f"whitespace: {line!r}"
                )
        text = "\n".join(line[indent + 4 :] for line in source)
        want = "\n".join(line[indent:].rstrip() if not line.strip() else line[indent:] for line in wanted)
        if not text.strip() or all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n")):
            return None, at
        options = self._options(text, name, first)
        return Example(text, want, _wanted_error(want), first, indent, options), at

    def _options(self, source, name, lineno):
        options = {}
        for directive in _OPTION.findall(source):
            for option in directive.replace(",", " ").split():
                if option[0] not in "+-" or option[1:] not in _FLAGS:
                    raise ValueError(
                        f"line {lineno + 1} of the doctest for {name} has an invalid option: {option!r}"
                    )
                options[_FLAGS[option[1:]]] = option[0] == "+"
        return options

    def get_examples(self, string, name="<string>"):
        """The examples of a text."""
        return [part for part in self.parse(string, name) if isinstance(part, Example)]

    def get_doctest(self, string, globs, name, filename, lineno):
        """The examples of a text as a test."""
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)


def _wanted_error(want):
    """The message of the exception that is expected, if one is."""
    lines = want.split("\n")
    if not _ERROR.match(lines[0]):
        return None
    for at, line in enumerate(lines[1:], 1):
        if line[:1].isalnum() or line[:1] == "_":
            return "\n".join(lines[at:])
    return None


class DocTestFinder:
    """Finds the docstrings of an object and of what is defined in it."""

    def __init__(self, verbose=False, parser=None, recurse=True, exclude_empty=True):
        self._parser = DocTestParser() if parser is None else parser
        self._verbose, self._recurse, self._exclude_empty = verbose, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        """The tests, in the order of their names."""
        if name is None:
            name = getattr(obj, "__name__", None)
            if name is None:
                raise ValueError(
                    f"DocTestFinder.find: name must be given when obj.__name__ doesn't exist: {type(obj)!r}"
                )
        if module is None:
            module = obj if inspect.ismodule(obj) else sys.modules.get(getattr(obj, "__module__", None))
        file = getattr(module, "__file__", None)
        lines = linecache.getlines(file) if file else []
        globs = dict(getattr(module, "__dict__", {}) if globs is None else globs)
        globs.update(extraglobs or {})
        globs.setdefault("__name__", "__main__")
        tests = []
        self._collect(tests, obj, name, module, (file, lines, globs), set())
        return sorted(tests)

    def _collect(self, tests, obj, name, module, source, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        if self._verbose:
            print(f"Finding tests in {name}")
        test = self._test_of(obj, name, source)
        if test is not None:
            tests.append(test)
        if not self._recurse:
            return
        if inspect.ismodule(obj):
            self._collect_module(tests, obj, name, module, source, seen)
        elif isinstance(obj, type):
            for key, value in obj.__dict__.items():
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                inside = inspect.isroutine(value) or isinstance(value, (type, property))
                if inside and self._is_from(module, value):
                    self._collect(tests, value, f"{name}.{key}", module, source, seen)

    def _collect_module(self, tests, obj, name, module, source, seen):
        for key, value in obj.__dict__.items():
            inner = inspect.unwrap(value) if hasattr(value, "__wrapped__") else value
            if (inspect.isroutine(inner) or isinstance(value, type)) and self._is_from(module, value):
                self._collect(tests, value, f"{name}.{key}", module, source, seen)
        for key, value in getattr(obj, "__test__", {}).items():
            place = f"{name}.__test__.{key}"
            self._collect(tests, value, place, module, source, seen)

    def _is_from(self, module, obj):
        if module is None:
            return True
        if inspect.isfunction(obj):
            return module.__dict__ is obj.__globals__ or obj.__globals__.get("__name__") == module.__name__
        if isinstance(obj, property):
            return True
        return getattr(obj, "__module__", None) == module.__name__

    def _test_of(self, obj, name, source):
        file, lines, globs = source
        text = obj if isinstance(obj, str) else getattr(obj, "__doc__", None)
        text = "" if text is None else str(text)
        if self._exclude_empty and not text:
            return None
        if file is None:
            file = "<unknown>"
        return self._parser.get_doctest(text, globs, name, file, _line_of(obj, lines))


def _line_of(obj, lines):
    """The line, from 0, in which the docstring of an object begins."""
    line = None
    if isinstance(obj, str):
        return None
    if inspect.ismodule(obj):
        return 0
    if isinstance(obj, type):
        first = obj.__dict__.get("__firstlineno__")
        line = None if first is None else first - 1
    if isinstance(obj, property):
        obj = obj.fget
    obj = inspect.unwrap(getattr(obj, "__func__", obj))
    if inspect.isfunction(obj) and obj.__doc__:
        line = obj.__code__.co_firstlineno - 1
    if line is None:
        return None
    begins = re.compile(r"(^|.*:)\s*\w*(\"|')")
    for at in range(line, len(lines)):
        if begins.match(lines[at]):
            return at
    return None


class OutputChecker:
    """Compares what was printed with what was expected."""

    def check_output(self, want, got, optionflags):
        """Are they the same, as far as the options demand it?"""
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(rf"(?m)^{re.escape(BLANKLINE_MARKER)}\s*?$", "", want)
            got = re.sub(r"(?m)^[^\S\n]+$", "", got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _matches(want, got)

    def output_difference(self, example, got, optionflags):
        """The text about a difference."""
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = re.sub(r"(?m)^[ ]*(?=\n)", BLANKLINE_MARKER, got)
        if self._as_difference(want, got, optionflags):
            return self._difference(want.splitlines(keepends=True), got.splitlines(keepends=True), optionflags)
        if want and got:
            return f"Expected:\n{_indented(want)}Got:\n{_indented(got)}"
        if want:
            return f"Expected:\n{_indented(want)}Got nothing\n"
        return f"Expected nothing\nGot:\n{_indented(got)}" if got else "Expected nothing\nGot nothing\n"

    def _as_difference(self, want, got, optionflags):
        if not optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF):
            return False
        return bool(optionflags & REPORT_NDIFF) or want.count("\n") > 2 and got.count("\n") > 2

    def _difference(self, want, got, optionflags):
        if optionflags & REPORT_UDIFF:
            kind, lines = "unified diff with -expected +actual", list(difflib.unified_diff(want, got, n=2))[2:]
        elif optionflags & REPORT_CDIFF:
            kind, lines = "context diff with expected followed by actual", list(difflib.context_diff(want, got, n=2))[2:]
        else:
            kind = "ndiff with -expected +actual"
            lines = list(difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK).compare(want, got))
        return f"Differences ({kind}):\n" + _indented("".join(line.rstrip() + "\n" for line in lines))


def _matches(want, got):
    """Is the text the wanted one, with anything where that has three dots?"""
    pieces = want.split(ELLIPSIS_MARKER)
    if len(pieces) == 1:
        return want == got
    first, *middle, last = pieces
    if not got.startswith(first) or not got[len(first) :].endswith(last):
        return False
    at, end = len(first), len(got) - len(last)
    for piece in middle:
        at = got.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return at <= end


def _indented(text, indent=4):
    return re.sub("(?m)^(?!$)", indent * " ", text)


class DocTestFailure(Exception):
    """An example printed something else."""

    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    """An example raised an exception that was not expected."""

    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


_LINE = "*" * 70


class DocTestRunner:
    """Runs tests and reports what differs."""

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = "-v" in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.failures = self.tries = self.skips = 0
        self._stats = {}

    def report_start(self, out, test, example):
        """Before an example is run."""
        if self._verbose:
            want = f"Expecting:\n{_indented(example.want)}" if example.want else "Expecting nothing\n"
            out(f"Trying:\n{_indented(example.source)}{want}")

    def report_success(self, out, test, example, got):
        """After an example that printed what was expected."""
        if self._verbose:
            out("ok\n")

    def report_failure(self, out, test, example, got):
        """After an example that printed something else."""
        difference = self._checker.output_difference(example, got, self.optionflags)
        out(self._header(test, example) + difference)

    def report_unexpected_exception(self, out, test, example, exc_info):
        """After an example that raised an exception."""
        text = "".join(traceback.format_exception(*exc_info))
        out(f"{self._header(test, example)}Exception raised:\n{_indented(text)}")

    def _header(self, test, example):
        place = f'Line {example.lineno + 1}, in {test.name}'
        if test.filename:
            line = "?" if test.lineno is None else test.lineno + example.lineno + 1
            place = f'File "{test.filename}", line {line}, in {test.name}'
        return f"{_LINE}\n{place}\nFailed example:\n{_indented(example.source)}"

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Runs the examples of a test."""
        printed = io.StringIO()
        before = sys.stdout, sys.displayhook
        out = before[0].write if out is None else out
        self.test = test
        sys.stdout, sys.displayhook = printed, sys.__displayhook__
        try:
            return self._run_all(test, out, printed)
        finally:
            sys.stdout, sys.displayhook = before
            if clear_globs:
                test.globs.clear()

    def _run_all(self, test, out, printed):
        failures = tries = skips = 0
        for number, example in enumerate(test.examples):
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            self.optionflags = self.original_optionflags
            for flag, wanted in example.options.items():
                self.optionflags = self.optionflags | flag if wanted else self.optionflags & ~flag
            tries += 1
            if self.optionflags & SKIP:
                skips += 1
                continue
            if not quiet:
                self.report_start(out, test, example)
            failures += not self._run_one(test, example, number, out, printed, quiet)
            if failures and self.optionflags & FAIL_FAST:
                break
        self.optionflags = self.original_optionflags
        self._record(test, failures, tries, skips)
        return TestResults(failures, tries, skipped=skips)

    def _record(self, test, failures, tries, skips):
        before = self._stats.get(test.name, (0, 0, 0))
        self._stats[test.name] = tuple(map(sum, zip(before, (failures, tries, skips))))
        self.failures += failures
        self.tries += tries
        self.skips += skips

    def _run_one(self, test, example, number, out, printed, quiet):
        error = None
        name = f"<doctest {test.name}[{number}]>"
        linecache.cache[name] = (len(example.source), None, example.source.splitlines(keepends=True), name)
        try:
            exec(compile(example.source, name, "single"), test.globs)
        except KeyboardInterrupt:
            raise
        except BaseException as exception:
            error = exception
        got = printed.getvalue()
        printed.truncate(0)
        printed.seek(0)
        if got and not got.endswith("\n"):
            got += "\n"
        if error is None:
            good = self._checker.check_output(example.want, got, self.optionflags)
        elif example.exc_msg is None:
            if not quiet:
                self.report_unexpected_exception(out, test, example, _exc_info(error))
            return False
        else:
            message = "".join(traceback.format_exception_only(error))
            if isinstance(error, SyntaxError):
                message = message[message.index(type(error).__name__) :]
            got += "".join(traceback.format_exception(*_exc_info(error)))
            good = self._same_error(example.exc_msg, message)
        if good:
            if not quiet:
                self.report_success(out, test, example, got)
        elif not quiet:
            self.report_failure(out, test, example, got)
        return good

    def _same_error(self, wanted, message):
        if self._checker.check_output(wanted, message, self.optionflags):
            return True
        if not self.optionflags & IGNORE_EXCEPTION_DETAIL:
            return False
        names = [text.split(":", 1)[0].split("\n", 1)[0].rsplit(".", 1)[-1].strip() for text in (wanted, message)]
        return self._checker.check_output(names[0], names[1], self.optionflags)

    def summarize(self, verbose=None):
        """Writes how many examples failed."""
        verbose = self._verbose if verbose is None else verbose
        empty, passed, failed = [], [], []
        tries = failures = skips = 0
        for name, (failing, tried, skipped) in sorted(self._stats.items()):
            tries, failures, skips = tries + tried, failures + failing, skips + skipped
            if not tried:
                empty.append(name)
            elif failing:
                failed.append((name, (failing, tried)))
            else:
                passed.append((name, tried))
        if verbose:
            self._list("had no tests", [f"    {name}" for name in empty])
            self._list("passed all tests", [f" {count:3} test{'' if count == 1 else 's'} in {name}" for name, count in passed])
        if failed:
            print(_LINE)
            self._list("had failures", [f" {failing:3} of {tried:3} in {name}" for name, (failing, tried) in failed])
        if verbose:
            print(f"{_many(tries, 'test')} in {_many(len(self._stats), 'item')}.")
            print(f"{tries - failures} passed" + (f" and {failures} failed." if failures else "."))
        if failures:
            skipped = f" and {skips} skipped test{'' if skips == 1 else 's'}" if skips else ""
            print(f"***Test Failed*** {_many(failures, 'failure')}{skipped}.")
        elif verbose:
            print("Test passed.")
        return TestResults(failures, tries, skipped=skips)

    def _list(self, what, lines):
        if lines:
            print(f"{_many(len(lines), 'item')} {what}:")
            print("\n".join(lines))


def _many(count, noun):
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _exc_info(error):
    """An exception without the frame that ran the example."""
    shown = error.__traceback__
    while shown is not None and shown.tb_frame.f_code.co_filename == __file__:
        shown = shown.tb_next
    return type(error), error, shown


class DebugRunner(DocTestRunner):
    """Raises an exception for the first example that differs."""

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


# What `testmod` and the like did, for `master.summarize()`.
master = None


def testmod(
    m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False,
    exclude_empty=False,
):
    """Runs the examples of a module, by default of the program."""
    global master
    if m is None:
        m = sys.modules.get("__main__")
    if not inspect.ismodule(m):
        raise TypeError(f"testmod: module required; {m!r}")
    finder = DocTestFinder(exclude_empty=exclude_empty)
    runner = (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)
    for test in finder.find(m, m.__name__ if name is None else name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    if report:
        runner.summarize()
    master = runner
    return TestResults(runner.failures, runner.tries, skipped=runner.skips)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    """Runs the examples of one object."""
    finder = DocTestFinder(verbose=verbose, recurse=False)
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in finder.find(f, name, globs=globs):
        runner.run(test)


class DocTestCase(unittest.TestCase):
    """The examples of one docstring as a test case."""

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        super().__init__()
        self._dt_test, self._dt_optionflags, self._dt_checker = test, optionflags, checker
        self._dt_setUp, self._dt_tearDown, self._dt_globs = setUp, tearDown, test.globs.copy()

    def setUp(self):
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        if self._dt_tearDown is not None:
            self._dt_tearDown(self._dt_test)
        self._dt_test.globs.update(self._dt_globs)

    def runTest(self):
        printed = io.StringIO()
        runner = DocTestRunner(verbose=False, optionflags=self._dt_optionflags, checker=self._dt_checker)
        results = runner.run(self._dt_test, out=printed.write, clear_globs=False)
        if results.failed:
            raise self.failureException(self._failure(printed.getvalue()))

    def _failure(self, text):
        test = self._dt_test
        line = "unknown line number" if test.lineno is None else str(test.lineno)
        name = test.name.split(".")[-1]
        return f'Failed doctest test for {test.name}\n  File "{test.filename}", line {line}, in {name}\n\n{text}'

    def id(self):
        return self._dt_test.name

    def shortDescription(self):
        return f"Doctest: {self._dt_test.name}"

    def __str__(self):
        *path, name = self._dt_test.name.split(".")
        return f"{name} ({'.'.join(path)})"

    __repr__ = __str__


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """The examples of a module as a suite of test cases."""
    finder = DocTestFinder() if test_finder is None else test_finder
    if module is None or isinstance(module, str):
        module = sys.modules["__main__" if module is None else module]
    suite = unittest.TestSuite()
    for test in finder.find(module, globs=globs, extraglobs=extraglobs):
        if test.examples:
            suite.addTest(DocTestCase(test, **options))
    return suite
