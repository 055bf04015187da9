"""The assertions of test cases, with the texts of those that fail."""

import re
import types
from unittest._contexts import Logs, NoLogs, Raises, Warns
from unittest._differences import ContainerAssertions, safe_repr, shortened


class Assertions(ContainerAssertions):
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
        self._require(expr, msg, lambda: f"{safe_repr(expr)} is not true")

    def assertFalse(self, expr, msg=None):
        self._require(not expr, msg, lambda: f"{safe_repr(expr)} is not false")

    def assertEqual(self, first, second, msg=None):
        cls = type(first)
        compare = self._type_equality_funcs.get(cls) if cls is type(second) else None
        if isinstance(compare, str):
            compare = getattr(self, compare)
        if compare is not None:
            compare(first, second, msg=msg)
        elif not first == second:
            a, b = shortened(first, second)
            raise self.failureException(self._formatMessage(msg, f"{a} != {b}"))

    def assertNotEqual(self, first, second, msg=None):
        self._require(first != second, msg, lambda: f"{safe_repr(first)} == {safe_repr(second)}")

    def assertIs(self, expr1, expr2, msg=None):
        self._require(expr1 is expr2, msg, lambda: f"{safe_repr(expr1)} is not {safe_repr(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        self._require(expr1 is not expr2, msg, lambda: f"unexpectedly identical: {safe_repr(expr1)}")

    def assertIsNone(self, obj, msg=None):
        self._require(obj is None, msg, lambda: f"{safe_repr(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        self._require(obj is not None, msg, lambda: "unexpectedly None")

    def assertIn(self, member, container, msg=None):
        self._require(member in container, msg, lambda: f"{safe_repr(member)} not found in {safe_repr(container)}")

    def assertNotIn(self, member, container, msg=None):
        self._require(member not in container, msg, lambda: f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}")

    def assertIsInstance(self, obj, cls, msg=None):
        of = "any of " if isinstance(cls, tuple) else ""
        self._require(isinstance(obj, cls), msg, lambda: f"{safe_repr(obj)} is not an instance of {of}{safe_repr(cls)}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        self._require(not isinstance(obj, cls), msg, lambda: f"{safe_repr(obj)} is an instance of {safe_repr(cls)}")

    def assertLess(self, a, b, msg=None):
        self._require(a < b, msg, lambda: f"{safe_repr(a)} not less than {safe_repr(b)}")

    def assertLessEqual(self, a, b, msg=None):
        self._require(a <= b, msg, lambda: f"{safe_repr(a)} not less than or equal to {safe_repr(b)}")

    def assertGreater(self, a, b, msg=None):
        self._require(a > b, msg, lambda: f"{safe_repr(a)} not greater than {safe_repr(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        self._require(a >= b, msg, lambda: f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}")

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            self._require(
                diff <= delta, msg, lambda: f"{safe_repr(first)} != {safe_repr(second)} within {safe_repr(delta)} delta ({safe_repr(diff)} difference)"
            )
            return
        places = 7 if places is None else places
        self._require(
            round(diff, places) == 0,
            msg,
            lambda: f"{safe_repr(first)} != {safe_repr(second)} within {places!r} places ({safe_repr(diff)} difference)",
        )

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        if delta is not None:
            diff = abs(first - second)
            good = first != second and diff > delta
            self._require(
                good, msg, lambda: f"{safe_repr(first)} == {safe_repr(second)} within {safe_repr(delta)} delta ({safe_repr(diff)} difference)"
            )
            return
        places = 7 if places is None else places
        good = first != second and round(abs(second - first), places) != 0
        self._require(good, msg, lambda: f"{safe_repr(first)} == {safe_repr(second)} within {places!r} places")

    def assertRegex(self, text, expected_regex, msg=None):
        pattern = re.compile(expected_regex)
        if not pattern.pattern:
            raise AssertionError("expected_regex must not be empty.")
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

    # Classes, attributes and ends of texts

    def _is_subclass(self, cls, superclass, msg):
        try:
            return issubclass(cls, superclass)
        except TypeError:
            if isinstance(cls, type):
                raise
            self.fail(self._formatMessage(msg, f"{cls!r} is not a class"))

    def assertIsSubclass(self, cls, superclass, msg=None):
        if not self._is_subclass(cls, superclass, msg):
            of = "any of " if isinstance(superclass, tuple) else ""
            self.fail(self._formatMessage(msg, f"{cls!r} is not a subclass of {of}{superclass!r}"))

    def assertNotIsSubclass(self, cls, superclass, msg=None):
        if self._is_subclass(cls, superclass, msg):
            several = superclass if isinstance(superclass, tuple) else (superclass,)
            found = next(one for one in several if issubclass(cls, one))
            self.fail(self._formatMessage(msg, f"{cls!r} is a subclass of {found!r}"))

    def assertHasAttr(self, obj, name, msg=None):
        if not hasattr(obj, name):
            self.fail(self._formatMessage(msg, f"{_owner(obj)} has no attribute {name!r}"))

    def assertNotHasAttr(self, obj, name, msg=None):
        if hasattr(obj, name):
            self.fail(self._formatMessage(msg, f"{_owner(obj)} has unexpected attribute {name!r}"))

    def assertStartsWith(self, s, prefix, msg=None):
        self._has_end("startswith", "start", s, prefix, msg)

    def assertNotStartsWith(self, s, prefix, msg=None):
        self._lacks_end("startswith", "starts", s, prefix, msg)

    def assertEndsWith(self, s, suffix, msg=None):
        self._has_end("endswith", "end", s, suffix, msg)

    def assertNotEndsWith(self, s, suffix, msg=None):
        self._lacks_end("endswith", "ends", s, suffix, msg)

    def _has_end(self, method, verb, s, ends, msg):
        try:
            if getattr(s, method)(ends):
                return
        except (AttributeError, TypeError):
            self._check_kinds(s, ends, msg)
            raise
        self._check_kinds(s, ends, msg)
        of = "any of " if isinstance(ends, tuple) else ""
        self.fail(self._formatMessage(msg, f"{s!r} doesn't {verb} with {of}{ends!r}"))

    def _lacks_end(self, method, verb, s, ends, msg):
        try:
            if not getattr(s, method)(ends):
                return
        except (AttributeError, TypeError):
            self._check_kinds(s, ends, msg)
            raise
        several = ends if isinstance(ends, tuple) else (ends,)
        found = next(end for end in several if getattr(s, method)(end))
        self.fail(self._formatMessage(msg, f"{s!r} {verb} with {found!r}"))

    def _check_kinds(self, s, ends, msg):
        """Fails if a text is to begin with bytes or the reverse."""
        first = ends[0] if isinstance(ends, tuple) and ends else ends
        wanted = bytes if isinstance(first, (bytes, bytearray)) else str
        allowed = (bytes, bytearray) if wanted is bytes else str
        if not isinstance(s, allowed):
            text = f"Expected {wanted.__name__}, not {type(s).__name__}"
            self.fail(self._formatMessage(msg, text))

    # Exceptions

    def assertRaises(self, expected_exception, *args, **kwargs):
        return Raises(expected_exception, self, None, kwargs)._begin("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return Raises(expected_exception, self, expected_regex, kwargs)._begin("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return Warns(expected_warning, self, None, kwargs)._begin("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return Warns(expected_warning, self, expected_regex, kwargs)._begin("assertWarnsRegex", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """A block has to log something."""
        return Logs(self, logger, level)

    def assertNoLogs(self, logger=None, level=None):
        """A block must log nothing."""
        return NoLogs(self, logger, level)


def _owner(obj):
    """How messages name an object that has attributes."""
    if isinstance(obj, types.ModuleType):
        return f"module {obj.__name__!r}"
    if isinstance(obj, type):
        return f"type object {obj.__name__!r}"
    return f"{type(obj).__name__!r} object"
