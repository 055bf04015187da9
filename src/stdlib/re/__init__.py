"""Regular expressions: the functions of the module, and the cache of compiled patterns."""

from re._constants import (
    A,
    ASCII,
    DEBUG,
    DOTALL,
    I,
    IGNORECASE,
    L,
    LOCALE,
    M,
    MULTILINE,
    NOFLAG,
    PatternError,
    RegexFlag,
    S,
    U,
    UNICODE,
    VERBOSE,
    X,
    error,
)
from re._engine import Match, Pattern, make_pattern as _make_pattern

__all__ = [
    "match",
    "fullmatch",
    "search",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
    "compile",
    "purge",
    "escape",
    "error",
    "Pattern",
    "Match",
    "A",
    "I",
    "L",
    "M",
    "S",
    "X",
    "U",
    "ASCII",
    "IGNORECASE",
    "LOCALE",
    "MULTILINE",
    "DOTALL",
    "VERBOSE",
    "UNICODE",
    "NOFLAG",
    "RegexFlag",
    "PatternError",
]

__version__ = "2.2.1"

_cache = {}
_MAXCACHE = 512


def match(pattern, string, flags=0):
    """Applies the pattern at the beginning of the string; a Match, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """Applies the pattern to the whole string; a Match, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """Looks for the first place where the pattern fits; a Match, or None."""
    return _compile(pattern, flags).search(string)


# Stands for "not given", so that a zero can be told from it.
class _Zero(int):
    pass


_zero = _Zero()


def _positional(function, names, values, given):
    """Arguments that used to be positional, and that warn now when they still are."""
    if not values:
        return given
    if len(values) > len(names):
        most = function["arguments"] + len(names)
        raise TypeError(
            f"{function['name']}() takes from {function['arguments']} to {most} "
            f"positional arguments but {function['arguments'] + len(values)} were given"
        )
    result = list(given)
    for at, (name, value) in enumerate(zip(names, values)):
        if given[at] is not _zero:
            raise TypeError(
                f"{function['name']}() got multiple values for argument '{name}'"
            )
        result[at] = value
    import warnings

    warnings.warn(
        f"'{names[0]}' is passed as positional argument",
        DeprecationWarning,
        stacklevel=3,
    )
    return result


def sub(pattern, repl, string, *args, count=_zero, flags=_zero):
    """The string with matches replaced by `repl`, a template or a function of the Match."""
    function = {"name": "sub", "arguments": 3}
    count, flags = _positional(function, ("count", "flags"), args, (count, flags))
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, *args, count=_zero, flags=_zero):
    """Like sub(); gives the new string and the number of replacements."""
    function = {"name": "subn", "arguments": 3}
    count, flags = _positional(function, ("count", "flags"), args, (count, flags))
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, *args, maxsplit=_zero, flags=_zero):
    """The parts of the string between matches, with the groups of the matches among them."""
    function = {"name": "split", "arguments": 2}
    names = ("maxsplit", "flags")
    maxsplit, flags = _positional(function, names, args, (maxsplit, flags))
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """All matches that do not overlap, as strings, or as groups if there are any."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """An iterator over all matches that do not overlap."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    """The pattern made ready to use."""
    return _compile(pattern, flags)


def purge():
    """Forgets the compiled patterns."""
    _cache.clear()


_special_chars_map = {i: "\\" + chr(i) for i in b"()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """The string with a backslash before whatever has a meaning in patterns."""
    if isinstance(pattern, str):
        return pattern.translate(_special_chars_map)
    text = str(pattern, "latin1")
    return text.translate(_special_chars_map).encode("latin1")


def _compile(pattern, flags):
    flags = int(flags)
    try:
        return _cache[type(pattern), pattern, flags]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray)):
        raise TypeError("first argument must be string or compiled pattern")
    compiled = _make_pattern(pattern, flags)
    if not flags & DEBUG:
        if len(_cache) >= _MAXCACHE:
            del _cache[next(iter(_cache))]
        _cache[type(pattern), pattern, flags] = compiled
    return compiled


class Scanner:
    """Splits a string into tokens by a list of (pattern, action)."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._tokens = [(_compile(pattern, flags), action) for pattern, action in lexicon]

    def scan(self, string):
        """The results of the actions, and the rest of the string that fits no pattern."""
        results = []
        at = 0
        while at < len(string):
            found = self._token_at(string, at)
            if found is None:
                break
            self.match, action = found
            at = self.match.end()
            if callable(action):
                action = action(self, self.match.group())
            if action is not None:
                results.append(action)
        return results, string[at:]

    def _token_at(self, string, at):
        for pattern, action in self._tokens:
            found = pattern.match(string, at)
            if found is not None:
                return (found, action) if found.end() > at else None
        return None
