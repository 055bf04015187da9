"""The assertions about containers and texts, which show the difference when they fail."""

import difflib
import pprint
from collections import Counter

_LONGEST = 80
# Of a part that is left out stands its length; of what is left a few characters stay at each end.
_PLACEHOLDER, _LEAST = 12, 5
_LEAST_DIFFERENT = _LONGEST - (_LEAST + _PLACEHOLDER + _LEAST + _PLACEHOLDER + _LEAST)


def safe_repr(obj):
    """A repr, whatever the object's own does."""
    try:
        return repr(obj)
    except Exception:
        return object.__repr__(obj)


def shortened(*objects):
    """Reprs in which long common parts are left out."""
    texts = [safe_repr(obj) for obj in objects]
    longest = max(map(len, texts))
    if longest <= _LONGEST:
        return tuple(texts)
    common = _common_beginning(texts)
    rests = [text[len(common) :] for text in texts]
    room = _LONGEST - (longest - len(common) + _LEAST + _PLACEHOLDER)
    if room > _LEAST:
        common = _without_middle(common, _LEAST, room)
        return tuple(common + rest for rest in rests)
    common = _without_middle(common, _LEAST, _LEAST)
    return tuple(common + _without_middle(rest, _LEAST_DIFFERENT, _LEAST) for rest in rests)


def _common_beginning(texts):
    first, last = min(texts), max(texts)
    same = 0
    while same < len(first) and first[same] == last[same]:
        same += 1
    return first[:same]


def _without_middle(text, kept_before, kept_behind):
    left_out = len(text) - kept_before - kept_behind
    if left_out <= _PLACEHOLDER:
        return text
    return f"{text[:kept_before]}[{left_out} chars]{text[len(text) - kept_behind :]}"


def _lines_of_difference(first, second):
    lines = difflib.ndiff(pprint.pformat(first).splitlines(), pprint.pformat(second).splitlines())
    return "\n" + "\n".join(lines)


class ContainerAssertions:
    """What test cases can assert about containers and texts."""

    maxDiff = 80 * 8
    _diffThreshold = 2**16

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return f"{message}\nDiff is {len(diff)} characters long. Set self.maxDiff to None to see it."

    def _fail_with(self, msg, standard, diff):
        self.fail(self._formatMessage(msg, self._truncateMessage(standard, diff)))

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        kind = "sequence"
        if seq_type is not None:
            kind = seq_type.__name__
            for which, seq in (("First", seq1), ("Second", seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f"{which} sequence is not a {kind}: {safe_repr(seq)}")
        differing = _without_length(kind, seq1, seq2)
        if differing is None:
            if seq1 == seq2:
                return
            differing = _where(kind, seq1, seq2, seq_type)
            if differing is None:
                return
        self._fail_with(msg, differing, _lines_of_difference(seq1, seq2))

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            a, b = shortened(d1, d2)
            self._fail_with(msg, f"{a} != {b}", _lines_of_difference(d1, d2))

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        a, b = shortened(first, second)
        standard = f"{a} != {b}"
        if max(len(first), len(second)) > self._diffThreshold:
            self.fail(self._formatMessage(msg, standard))
        # If a last line has no end, both get one more, so that marks below it stand in a line of their own.
        if any(text and not text.endswith("\n") for text in (first, second)):
            first, second = [text and text + "\n" for text in (first, second)]
        lines = difflib.ndiff(first.splitlines(keepends=True), second.splitlines(keepends=True))
        self._fail_with(msg, standard, "\n" + "".join(lines))

    def assertSetEqual(self, set1, set2, msg=None):
        only_first = self._only_in(set1, set2, "first")
        only_second = self._only_in(set2, set1, "second")
        lines = []
        for which, items in (("first set but not the second", only_first), ("second set but not the first", only_second)):
            if items:
                lines.append(f"Items in the {which}:")
                lines += [repr(item) for item in items]
        if lines:
            self.fail(self._formatMessage(msg, "\n".join(lines)))

    def _only_in(self, items, others, which):
        try:
            return items.difference(others)
        except TypeError as error:
            self.fail(f"invalid type when attempting set difference: {error}")
        except AttributeError as error:
            self.fail(f"{which} argument does not support set difference: {error}")

    def assertCountEqual(self, first, second, msg=None):
        first, second = list(first), list(second)
        try:
            counts = Counter(first), Counter(second)
        except TypeError:
            found = _counts_of_any(first, second)
        else:
            if counts[0] == counts[1]:
                return
            found = [(counts[0][item], counts[1][item], item) for item in {**counts[0], **counts[1]}]
        lines = [f"First has {a}, Second has {b}:  {item!r}" for a, b, item in found if a != b]
        if lines:
            self._fail_with(msg, "Element counts were not equal:\n", "\n".join(lines))


def _without_length(kind, *sequences):
    for which, seq in zip(("First", "Second"), sequences):
        try:
            len(seq)
        except (TypeError, NotImplementedError):
            return f"{which} {kind} has no length.    Non-sequence?"
    return None


def _where(kind, seq1, seq2, seq_type):
    """Where two sequences begin to differ; nothing where only their classes do."""
    len1, len2 = len(seq1), len(seq2)
    a, b = shortened(seq1, seq2)
    text = f"{kind.capitalize()}s differ: {a} != {b}\n"
    for i in range(min(len1, len2)):
        try:
            which = "first"
            item1 = seq1[i]
            which = "second"
            item2 = seq2[i]
        except (TypeError, IndexError, NotImplementedError):
            text += f"\nUnable to index element {i} of {which} {kind}\n"
            break
        if item1 != item2:
            a, b = shortened(item1, item2)
            text += f"\nFirst differing element {i}:\n{a}\n{b}\n"
            break
    else:
        if len1 == len2 and seq_type is None and type(seq1) is not type(seq2):
            return None
    if len1 != len2:
        which, longer, shorter = ("First", seq1, len2) if len1 > len2 else ("Second", seq2, len1)
        text += f"\n{which} {kind} contains {abs(len1 - len2)} additional elements.\n"
        try:
            text += f"First extra element {shorter}:\n{shortened(longer[shorter])[0]}\n"
        except (TypeError, IndexError, NotImplementedError):
            text += f"Unable to index element {shorter} of {which.lower()} {kind}\n"
    return text


def _counts_of_any(first, second):
    """How often each item is in two lists, of items that may be unhashable."""
    found, items = [], []
    for item in first + second:
        if item not in items:
            items.append(item)
            found.append((first.count(item), second.count(item), item))
    return found
