"""Matching names against patterns of the shell: * ? [seq] [!seq]."""

import re
from functools import lru_cache

__all__ = ["filter", "filterfalse", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Does the name match? Upper and lower case differ."""
    return fnmatchcase(name, pat)


def fnmatchcase(name, pat):
    return _matcher(pat)(name) is not None


def filter(names, pat):
    """The names that match."""
    match = _matcher(pat)
    return [name for name in names if match(name)]


def filterfalse(names, pat):
    """The names that do not match."""
    match = _matcher(pat)
    return [name for name in names if not match(name)]


@lru_cache(maxsize=1024)
def _matcher(pat):
    if isinstance(pat, bytes):
        return re.compile(translate(pat.decode("latin-1")).encode("latin-1")).match
    return re.compile(translate(pat)).match


def translate(pat):
    """The pattern as a regular expression."""
    parts = _parts(pat)
    fixed = []
    while parts and parts[0] != "*":
        fixed.append(parts.pop(0))
    made = "".join(fixed)
    if not parts:
        return rf"(?s:{made})\z"
    groups, current = [], []
    for part in parts:
        if part == "*":
            groups.append("".join(current))
            current = []
        else:
            current.append(part)
    # What stands between two stars matches at the first place where it can.
    for group in groups[1:]:
        made += f"(?>.*?{group})"
    return rf"(?s:{made}.*{''.join(current)})\z"


def _parts(pat):
    """The pattern in pieces of regular expressions; a star, or several, is one piece `*`."""
    parts, at = [], 0
    while at < len(pat):
        char = pat[at]
        at += 1
        if char == "*":
            if not parts or parts[-1] != "*":
                parts.append("*")
        elif char == "?":
            parts.append(".")
        elif char == "[":
            start = at + (pat[at : at + 1] == "!")
            end = pat.find("]", start + 1)
            if end < 0:
                parts.append(r"\[")
            else:
                parts.append(_set(pat[at:end]))
                at = end + 1
        else:
            parts.append(re.escape(char))
    return parts


def _set(stuff):
    """The characters between brackets as a regular expression."""
    negated = stuff.startswith("!")
    stuff = stuff[1:] if negated else stuff
    stuff = re.sub(r"([&~|\\\[])", r"\\\1", stuff)
    ranges = re.findall(r"\\?.-\\?.", stuff)
    for found in ranges:
        low, high = re.match(r"\\?(.)-\\?(.)", found).groups()
        if low > high:
            stuff = stuff.replace(found, "")
    if not stuff:
        return "." if negated else "(?!)"
    return f"[{'^' if negated else chr(92) if stuff[0] == '^' else ''}{stuff}]"
