"""Lines of source by file name: the program's and the library's are at hand, other files are not."""

from _loopscope import source_line

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# Texts that a program keeps here under a name: (size, time, lines, name).
cache = {}


def getline(filename, lineno, module_globals=None):
    """A line of a file with its newline; empty when there is none."""
    if filename in cache:
        lines = getlines(filename)
        return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""
    line = source_line(filename, lineno)
    return "" if line is None else line + "\n"


def getlines(filename, module_globals=None):
    """All lines of a file."""
    if len(kept := cache.get(filename, ())) > 1:
        return kept[2]
    lines = []
    while (line := source_line(filename, len(lines) + 1)) is not None:
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
