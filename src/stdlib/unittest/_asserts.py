"""The assertions of test cases, with the texts of those that fail."""

import re
import warnings
from _loopscope import unsupported

_LONGEST = 80


class Assertions:
    """What test cases can assert."""

    def fail(self, msg=None):
        """Fails."""
        raise self.failureException(msg)

    def _formatMessage(self, msg, standard):
        if not self.longMessage:
            return msg or standard
        return standard if msg is None else f"{standard} : {msg}"

    def _require(self, condition, msg, standard):
        if not condition:
            raise self.failureException(self._formatMessage(msg, standard()))

    def assertTrue(self, expr, msg=None):
        self._require(expr, msg, lambda: f"{expr!r} is not true")

    def assertFalse(self, expr, msg=None):
        self._require(not expr, msg, lambda: f"{expr!r} is not false")

    def assertEqual(self, first, second, msg=None):
        cls = type(first)
        if cls is type(second) and cls in self._equalities:
            self._equalities[cls](first, second, msg=msg)
        elif cls is type(second) and cls in _BY_CLASS:
            getattr(self, _BY_CLASS[cls])(first, second, msg)
        elif not first == second:
            a, b = repr(first), repr(second)
            if max(len(a), len(b)) > _LONGEST:
                unsupported("the text of a failed assertEqual of long values")
            raise self.failureException(self._formatMessage(msg, f"{a} != {b}"))

    def assertNotEqual(self, first, second, msg=None):
        self._require(first != second, msg, lambda: f"{first!r} == {second!r}")

    def assertIs(self, expr1, expr2, msg=None):
        self._require(expr1 is expr2, msg, lambda: f"{expr1!r} is not {expr2!r}")

    def assertIsNot(self, expr1, expr2, msg=None):
        self._require(expr1 is not expr2, msg, lambda: f"unexpectedly identical: {expr1!r}")

    def assertIsNone(self, obj, msg=None):
        self._require(obj is None, msg, lambda: f"{obj!r} is not None")

    def assertIsNotNone(self, obj, msg=None):
        self._require(obj is not None, msg, lambda: "unexpectedly None")

    def assertIn(self, member, container, msg=None):
        self._require(member in container, msg, lambda: f"{member!r} not found in {container!r}")

    def assertNotIn(self, member, container, msg=None):
        self._require(member not in container, msg, lambda: f"{member!r} unexpectedly found in {container!r}")

    def assertIsInstance(self, obj, cls, msg=None):
        self._require(isinstance(obj, cls), msg, lambda: f"{obj!r} is not an instance of {cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        self._require(not isinstance(obj, cls), msg, lambda: f"{obj!r} is an instance of {cls!r}")

    def assertLess(self, a, b, msg=None):
        self._require(a < b, msg, lambda: f"{a!r} not less than {b!r}")

    def assertLessEqual(self, a, b, msg=None):
        self._require(a <= b, msg, lambda: f"{a!r} not less than or equal to {b!r}")

    def assertGreater(self, a, b, msg=None):
        self._require(a > b, msg, lambda: f"{a!r} not greater than {b!r}")

    def assertGreaterEqual(self, a, b, msg=None):
        self._require(a >= b, msg, lambda: f"{a!r} not greater than or equal to {b!r}")

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            self._require(
                diff <= delta, msg, lambda: f"{first!r} != {second!r} within {delta!r} delta ({diff!r} difference)"
            )
            return
        places = 7 if places is None else places
        self._require(
            round(diff, places) == 0,
            msg,
            lambda: f"{first!r} != {second!r} within {places!r} places ({diff!r} difference)",
        )

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        if delta is not None:
            diff = abs(first - second)
            good = first != second and diff > delta
            self._require(
                good, msg, lambda: f"{first!r} == {second!r} within {delta!r} delta ({diff!r} difference)"
            )
            return
        places = 7 if places is None else places
        good = first != second and round(abs(second - first), places) != 0
        self._require(good, msg, lambda: f"{first!r} == {second!r} within {places!r} places")

    def assertRegex(self, text, expected_regex, msg=None):
        pattern = re.compile(expected_regex)
        self._require(
            pattern.search(text), msg, lambda: f"Regex didn't match: {pattern.pattern!r} not found in {text!r}"
        )

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        pattern = re.compile(unexpected_regex)
        found = pattern.search(text)
        self._require(
            not found,
            msg,
            lambda: f"Regex matched: {text[found.start() : found.end()]!r} matches {pattern.pattern!r} in {text!r}",
        )

    def assertCountEqual(self, first, second, msg=None):
        left, right = list(first), list(second)
        for item in list(left):
            if item in right:
                left.remove(item)
                right.remove(item)
        if left or right:
            unsupported("the text of a failed assertCountEqual")

    # Containers

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        if seq_type is not None:
            for which, seq in (("First", seq1), ("Second", seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f"{which} sequence is not a {seq_type.__name__}: {seq!r}")
        if seq1 != seq2:
            unsupported("the difference of two sequences in a failed assertion (difflib)")

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            unsupported("the difference of two dicts in a failed assertion (difflib)")

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first != second:
            unsupported("the difference of two texts in a failed assertion (difflib)")

    def assertSetEqual(self, set1, set2, msg=None):
        lines = []
        for which, items in (("first set but not the second", set1 - set2), ("second set but not the first", set2 - set1)):
            if items:
                lines.append(f"Items in the {which}:")
                lines += [repr(item) for item in items]
        if lines:
            raise self.failureException(self._formatMessage(msg, "\n".join(lines)))

    # Exceptions

    def assertRaises(self, expected_exception, *args, **kwargs):
        return _Raises(expected_exception, self, None, kwargs)._begin("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return _Raises(expected_exception, self, expected_regex, kwargs)._begin("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return _Warns(expected_warning, self, None, kwargs)._begin("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return _Warns(expected_warning, self, expected_regex, kwargs)._begin("assertWarnsRegex", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        unsupported("unittest's assertLogs")

    def assertNoLogs(self, logger=None, level=None):
        unsupported("unittest's assertNoLogs")


_BY_CLASS = {
    dict: "assertDictEqual",
    list: "assertListEqual",
    tuple: "assertTupleEqual",
    set: "assertSetEqual",
    frozenset: "assertSetEqual",
    str: "assertMultiLineEqual",
}


class _Raises:
    """Something has to raise an exception."""

    base, what = BaseException, "an exception type or tuple of exception types"

    def __init__(self, expected, case, regex, keywords):
        self.expected, self._case = expected, case
        self._regex = None if regex is None else re.compile(regex)
        self._called, self._message = None, None

    def _begin(self, name, args, kwargs):
        kinds = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        if not all([isinstance(kind, type) and issubclass(kind, self.base) for kind in kinds]):
            raise TypeError(f"{name}() arg 1 must be {self.what}")
        if not args:
            self._message = kwargs.pop("msg", None)
            if kwargs:
                raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
            return self
        function, *args = args
        self._called = getattr(function, "__name__", str(function))
        with self:
            function(*args, **kwargs)

    def __enter__(self):
        return self

    def _fail(self, standard):
        raise self._case.failureException(self._case._formatMessage(self._message, standard))

    def _name(self):
        return getattr(self.expected, "__name__", str(self.expected))

    def __exit__(self, kind, exception, tb):
        if kind is None:
            by = f" by {self._called}" if self._called else ""
            self._fail(f"{self._name()} not raised{by}")
        if not issubclass(kind, self.expected):
            return False
        self.exception = exception.with_traceback(None)
        if self._regex is not None and not self._regex.search(str(exception)):
            self._fail(f'"{self._regex.pattern}" does not match "{exception}"')
        return True


class _Warns(_Raises):
    """Something has to warn."""

    base, what = Warning, "a warning type or tuple of warning types"

    def __enter__(self):
        self._catch = warnings.catch_warnings(record=True)
        self.warnings = self._catch.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, kind, exception, tb):
        self._catch.__exit__(kind, exception, tb)
        if kind is not None:
            return False
        first = None
        for found in self.warnings:
            if not isinstance(found.message, self.expected):
                continue
            first = first or found.message
            if self._regex is None or self._regex.search(str(found.message)):
                self.warning, self.filename, self.lineno = found.message, found.filename, found.lineno
                return False
        if first is not None:
            self._fail(f'"{self._regex.pattern}" does not match "{first}"')
        by = f" by {self._called}" if self._called else ""
        self._fail(f"{self._name()} not triggered{by}")
