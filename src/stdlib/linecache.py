"""Lines of source by file name: the program's and the library's are at hand, other files are not."""

import _warnings
from _loopscope import source_line

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# Texts that a program keeps here under a name: (size, time, lines, name).
cache = {}

# Files of which lines were asked for.
_read = set()


def _is_at_hand(filename):
    """Can lines of a file be told? CPython keeps what it has read, and reads no more once it takes its modules apart."""
    if _warnings._is_finalizing:
        return filename in _read
    _read.add(filename)
    return True


def _line_of(filename, lineno):
    return source_line(filename, lineno) if _is_at_hand(filename) else None


def getline(filename, lineno, module_globals=None):
    """A line of a file with its newline; empty when there is none."""
    if not 1 <= lineno:
        _is_at_hand(filename)       # a file is read before its lines are counted
        return ""
    if filename in cache:
        lines = getlines(filename)
        return lines[lineno - 1] if lineno <= len(lines) else ""
    line = _line_of(filename, lineno)
    return "" if line is None else line + "\n"


def getlines(filename, module_globals=None):
    """All lines of a file."""
    if len(kept := cache.get(filename, ())) > 1:
        return kept[2]
    lines = []
    while (line := _line_of(filename, len(lines) + 1)) is not None:
        lines.append(line + "\n")
    return lines


def clearcache():
    """Forgets the texts that the program kept."""
    cache.clear()


def checkcache(filename=None):
    """Sources do not change while a program runs."""


def lazycache(filename, module_globals):
    """Sources need not be announced."""
    return False
