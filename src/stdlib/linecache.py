"""Lines of source by file name: the program's and the library's are at hand, other files are not."""

from _loopscope import source_line

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

cache = {}


def getline(filename, lineno, module_globals=None):
    """A line of a file with its newline; empty when there is none."""
    line = source_line(filename, lineno)
    return "" if line is None else line + "\n"


def getlines(filename, module_globals=None):
    """All lines of a file."""
    lines = []
    while (line := source_line(filename, len(lines) + 1)) is not None:
        lines.append(line + "\n")
    return lines


def clearcache():
    """Nothing is cached here."""


def checkcache(filename=None):
    """Sources do not change while a program runs."""


def lazycache(filename, module_globals):
    """Sources need not be announced."""
    return False
