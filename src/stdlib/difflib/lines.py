"""Differences of texts line by line, with marks below the characters that differ."""

from difflib.matcher import SequenceMatcher

# How alike two lines have to be to count as one that was changed, and how far apart they are looked for.
_ALIKE = 0.74999
_WINDOW = 10


class Differ:
    """Compares texts; each line of its result begins with two characters that tell where it comes from."""

    __module__ = "difflib"

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk, self.charjunk = linejunk, charjunk

    def compare(self, a, b):
        """The lines of both texts."""
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            match tag:
                case "replace":
                    lines = self._replaced(a, alo, ahi, b, blo, bhi)
                case "delete":
                    lines = _marked("-", a, alo, ahi)
                case "insert":
                    lines = _marked("+", b, blo, bhi)
                case _:
                    lines = _marked(" ", a, alo, ahi)
            yield from lines

    def _replaced(self, a, alo, ahi, b, blo, bhi):
        """Lines in the place of others: pairs that are alike are shown as changed."""
        matcher = SequenceMatcher(self.charjunk)
        done_a, done_b = alo, blo
        for j in range(blo, bhi):
            same = alo + (j - blo)
            window = range(max(same - _WINDOW, done_a), min(same + _WINDOW + 1, ahi))
            if not window:
                break
            i = self._most_alike(matcher, a, window, b[j])
            if i is None:
                continue
            yield from _plainly(a, done_a, i, b, done_b, j)
            yield from _changed(matcher, a[i], b[j])
            done_a, done_b = i + 1, j + 1
        yield from _plainly(a, done_a, ahi, b, done_b, bhi)

    def _most_alike(self, matcher, a, window, line):
        matcher.set_seq2(line)
        best, found = _ALIKE, None
        for i in window:
            matcher.set_seq1(a[i])
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                best, found = matcher.ratio(), i
        return found


def _marked(tag, lines, low, high):
    for i in range(low, high):
        yield f"{tag} {lines[i]}"


def _plainly(a, alo, ahi, b, blo, bhi):
    """Lines in the place of others, the fewer first."""
    old, new = _marked("-", a, alo, ahi), _marked("+", b, blo, bhi)
    fewer_new = blo < bhi and bhi - blo < ahi - alo
    yield from new if fewer_new else old
    yield from old if fewer_new else new


def _changed(matcher, old, new):
    """A line that was changed, with marks below."""
    if old == new:
        yield "  " + old
        return
    below_old = below_new = ""
    matcher.set_seqs(old, new)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        mark_old, mark_new = {"replace": "^^", "delete": "- ", "insert": " +", "equal": "  "}[tag]
        below_old += mark_old * (i2 - i1)
        below_new += mark_new * (j2 - j1)
    yield "- " + old
    yield from _marks(old, below_old)
    yield "+ " + new
    yield from _marks(new, below_new)


def _marks(line, marks):
    # Below white space of the line stands the same white space, so that tabs keep the marks in their places.
    kept = [c if mark == " " and c.isspace() else mark for c, mark in zip(line, marks)]
    text = "".join(kept).rstrip()
    if text:
        yield f"? {text}\n"


def IS_LINE_JUNK(line, pat=None):
    """Is a line empty, or but a `#`?"""
    if pat is None:
        return line.strip() in "#"
    return pat(line) is not None


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """Is a character a space or a tab?"""
    return ch in ws


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """The lines of two texts, see `Differ`."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """One of the texts that `ndiff` compared."""
    try:
        tag = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError(f"unknown delta choice (must be 1 or 2): {which!r}") from None
    for line in delta:
        if line[:2] in ("  ", tag):
            yield line[2:]


IS_LINE_JUNK.__module__ = IS_CHARACTER_JUNK.__module__ = ndiff.__module__ = restore.__module__ = "difflib"
