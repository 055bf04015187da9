"""Differences as patches show them: the changes with a few lines around."""

from difflib.matcher import SequenceMatcher


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """Old and new lines below one another."""
    _check_texts(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    for number, group in enumerate(SequenceMatcher(None, a, b).get_grouped_opcodes(n)):
        if number == 0:
            yield f"--- {fromfile}{_date(fromfiledate)}{lineterm}"
            yield f"+++ {tofile}{_date(tofiledate)}{lineterm}"
        first, last = group[0], group[-1]
        yield f"@@ -{_short_range(first[1], last[2])} +{_short_range(first[3], last[4])} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from [" " + line for line in a[i1:i2]]
                continue
            if tag != "insert":
                yield from ["-" + line for line in a[i1:i2]]
            if tag != "delete":
                yield from ["+" + line for line in b[j1:j2]]


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """First the old lines, then the new ones."""
    _check_texts(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    for number, group in enumerate(SequenceMatcher(None, a, b).get_grouped_opcodes(n)):
        if number == 0:
            yield f"*** {fromfile}{_date(fromfiledate)}{lineterm}"
            yield f"--- {tofile}{_date(tofiledate)}{lineterm}"
        first, last = group[0], group[-1]
        yield "***************" + lineterm
        yield f"*** {_long_range(first[1], last[2])} ****{lineterm}"
        if any(code[0] in ("replace", "delete") for code in group):
            for tag, i1, i2, j1, j2 in group:
                if tag != "insert":
                    yield from [_PREFIX[tag] + line for line in a[i1:i2]]
        yield f"--- {_long_range(first[3], last[4])} ----{lineterm}"
        if any(code[0] in ("replace", "insert") for code in group):
            for tag, i1, i2, j1, j2 in group:
                if tag != "delete":
                    yield from [_PREFIX[tag] + line for line in b[j1:j2]]


_PREFIX = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}


def _date(date):
    return "\t" + date if date else ""


def _short_range(start, stop):
    """The first line, counted from 1, and how many; of none the line before."""
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _long_range(start, stop):
    """The first and the last line, counted from 1."""
    length = stop - start
    if length <= 1:
        return str(start + length)
    return f"{start + 1},{stop}"


def _check_texts(a, b, *texts):
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError(f"lines to compare must be str, not {type(lines[0]).__name__} ({lines[0]!r})")
    if isinstance(a, str):
        raise TypeError(f"input must be a sequence of strings, not {type(a).__name__}")
    if isinstance(b, str):
        raise TypeError(f"input must be a sequence of strings, not {type(b).__name__}")
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"all arguments must be str, not: {text!r}")


def diff_bytes(
    dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"
):
    """Compares lines of bytes in an unknown encoding by a function for texts."""

    def text(line):
        try:
            return line.decode("ascii", "surrogateescape")
        except AttributeError as error:
            message = f"all arguments must be bytes, not {type(line).__name__} ({line!r})"
            raise TypeError(message) from error

    old, new = [text(line) for line in a], [text(line) for line in b]
    names = [text(name) for name in (fromfile, tofile, fromfiledate, tofiledate)]
    for line in dfunc(old, new, *names, n, text(lineterm)):
        yield line.encode("ascii", "surrogateescape")


for _function in (unified_diff, context_diff, diff_bytes):
    _function.__module__ = "difflib"
