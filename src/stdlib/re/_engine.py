"""Compiled patterns and matches, which CPython writes in C, over the native matcher."""

from _loopscope import c_type
from _re import compile as _compile, find as _find, find_all as _find_all
from re._constants import _NAMES, PatternError
from types import GenericAlias, MappingProxyType

_MATCH, _FULLMATCH, _SEARCH = range(3)
_ENDLESS = (1 << 62) - 1
_TYPES = 256 | 4 | 32


def make_pattern(text, flags):
    """Compiles a pattern."""
    is_text = isinstance(text, str)
    kinds = flags & _TYPES
    if is_text and kinds & 4:
        raise ValueError("cannot use LOCALE flag with a str pattern")
    if not is_text and kinds & 32:
        raise ValueError("cannot use UNICODE flag with a bytes pattern")
    if is_text and kinds == 256 | 32:
        raise ValueError("ASCII and UNICODE flags are incompatible")
    if not is_text and kinds == 256 | 4:
        raise ValueError("ASCII and LOCALE flags are incompatible")
    compiled = _compile(text, flags)
    if isinstance(compiled[0], str):
        message, position = compiled
        if position is None:
            raise PatternError(message)
        raise PatternError(message, text, position)
    self = object.__new__(Pattern)
    self._program, self.flags, self.groups, names = compiled
    self.pattern = text
    self._names = dict(names)
    self._templates = {}
    return self


@c_type
class Pattern:
    """Compiled regular expression object."""

    __module__ = "re"
    __slots__ = (
        "pattern",
        "flags",
        "groups",
        "_program",
        "_names",
        "_templates",
        "__weakref__",
    )
    __class_getitem__ = classmethod(GenericAlias)

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Pattern' instances")

    def __reduce__(self):
        from re import _compile

        return _compile, (self.pattern, self.flags)

    @property
    def groupindex(self):
        return MappingProxyType(self._names)

    def match(self, string, pos=0, endpos=_ENDLESS):
        """Matches zero or more characters at the beginning of the string."""
        return self._first(string, pos, endpos, _MATCH)

    def fullmatch(self, string, pos=0, endpos=_ENDLESS):
        """Matches against all of the string."""
        return self._first(string, pos, endpos, _FULLMATCH)

    def search(self, string, pos=0, endpos=_ENDLESS):
        """Scan through string looking for a match, and return a corresponding match object instance."""
        return self._first(string, pos, endpos, _SEARCH)

    def _first(self, string, pos, endpos, mode):
        pos, endpos = self._range(string, pos, endpos)
        if pos > endpos:
            return None
        found = _find(self._program, string, pos, endpos, mode)
        return None if found is None else _match(self, string, pos, endpos, found)

    def _range(self, string, pos=0, endpos=_ENDLESS):
        """Checks that the string is of the pattern's kind; the positions within it."""
        is_text = isinstance(string, str)
        if not is_text and not isinstance(string, (bytes, bytearray, memoryview)):
            raise TypeError(
                f"expected string or bytes-like object, got '{type(string).__name__}'"
            )
        if is_text != isinstance(self.pattern, str):
            raise TypeError(
                "cannot use a bytes pattern on a string-like object"
                if is_text
                else "cannot use a string pattern on a bytes-like object"
            )
        length = len(string)
        return min(max(pos, 0), length), min(max(endpos, 0), length)

    def _all(self, string, pos=0, endpos=_ENDLESS, limit=0):
        pos, endpos = self._range(string, pos, endpos)
        if pos > endpos:
            return pos, endpos, []
        found = _find_all(self._program, string, pos, endpos, limit or _ENDLESS)
        return pos, endpos, found

    def finditer(self, string, pos=0, endpos=_ENDLESS):
        """Return an iterator over all non-overlapping matches for the RE pattern in string."""
        pos, endpos, all_found = self._all(string, pos, endpos)
        found = iter(all_found)
        end = object()
        return iter(lambda: end if (one := next(found, end)) is end else _match(self, string, pos, endpos, one), end)

    def findall(self, string, pos=0, endpos=_ENDLESS):
        """Return a list of all non-overlapping matches of pattern in string."""
        _, _, all_found = self._all(string, pos, endpos)
        if self.groups == 0:
            return [string[found[1] : found[2]] for found in all_found]
        empty = string[:0]
        groups = range(3, 3 + 2 * self.groups, 2)
        if self.groups == 1:
            return [
                string[found[3] : found[4]] if found[3] >= 0 else empty
                for found in all_found
            ]
        return [
            tuple(
                [string[f[at] : f[at + 1]] if f[at] >= 0 else empty for at in groups]
            )
            for f in all_found
        ]

    def split(self, string, maxsplit=0):
        """Split string by the occurrences of pattern."""
        if maxsplit < 0:
            self._range(string)
            return [string[:]]
        _, _, all_found = self._all(string, limit=maxsplit)
        parts = []
        last = 0
        for found in all_found:
            parts.append(string[last : found[1]])
            for at in range(3, len(found), 2):
                start = found[at]
                parts.append(string[start : found[at + 1]] if start >= 0 else None)
            last = found[2]
        parts.append(string[last:])
        return parts

    def sub(self, repl, string, count=0):
        """Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl."""
        return self.subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        """Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl."""
        if callable(repl):
            replace = repl
        else:
            replace = _replacement(self, repl)
        if count < 0:
            self._range(string)
            return string, 0
        pos, endpos, all_found = self._all(string, limit=count)
        if not all_found:
            return string, 0
        parts = []
        last = 0
        for found in all_found:
            parts.append(string[last : found[1]])
            if isinstance(replace, (str, bytes)):
                parts.append(replace)
            else:
                new = replace(_match(self, string, pos, endpos, found))
                if new is not None:
                    parts.append(new)
            last = found[2]
        parts.append(string[last:])
        return string[:0].join(parts), len(all_found)

    def scanner(self, string, pos=0, endpos=_ENDLESS):
        """An object that finds one match after the other."""
        return _Scanner(self, string, pos, endpos)

    def __repr__(self):
        # Unicode is what str patterns have anyway, and is not shown.
        flags = self.flags
        if isinstance(self.pattern, str) and flags & _TYPES == 32:
            flags &= ~32
        names = []
        for bit, name in sorted(_NAMES):
            if flags & bit:
                names.append(f"re.{name}")
        shown = repr(self.pattern)[:200]
        if names:
            return f"re.compile({shown}, {'|'.join(names)})"
        return f"re.compile({shown})"

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.flags, type(self.pattern), self.pattern) == (
            other.flags,
            type(other.pattern),
            other.pattern,
        )

    def __hash__(self):
        return hash((self.flags, self.pattern))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Scanner:
    __slots__ = ("pattern", "_string", "_endpos", "_at", "_found")

    def __init__(self, pattern, string, pos, endpos):
        self.pattern, self._string = pattern, string
        self._at, self._endpos = pos, endpos
        self._found = None

    def match(self):
        return self._next(self.pattern.match)

    def search(self):
        return self._next(self.pattern.search)

    def _next(self, find):
        if self._at is None:
            return None
        found = find(self._string, self._at, self._endpos)
        if found is None:
            self._at = None
        else:
            self._at = found.end() + (found.end() == found.start())
        return found


def _match(pattern, string, pos, endpos, found):
    match = object.__new__(Match)
    match.re, match.string, match.pos, match.endpos = pattern, string, pos, endpos
    match.lastindex = found[0]
    match._ends = found
    return match


@c_type
class Match:
    """The result of re.match() and re.search().
    Match objects always have a boolean value of True."""

    __module__ = "re"
    __slots__ = ("re", "string", "pos", "endpos", "lastindex", "_ends")
    __class_getitem__ = classmethod(GenericAlias)

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Match' instances")

    def _at(self, group):
        """Where `_ends` has the beginning of a group, given by number or name."""
        if isinstance(group, int):
            number = group
        elif hasattr(group, "__index__"):
            number = group.__index__()
        else:
            number = self.re._names.get(group, -1)
        if not 0 <= number <= self.re.groups:
            raise IndexError("no such group")
        return 1 + 2 * number

    def _text(self, at, default=None):
        start = self._ends[at]
        return default if start < 0 else self.string[start : self._ends[at + 1]]

    def group(self, *groups):
        """Return subgroup(s) of the match by indices or names."""
        if not groups:
            return self._text(1)
        if len(groups) == 1:
            return self._text(self._at(groups[0]))
        return tuple([self._text(self._at(group)) for group in groups])

    def __getitem__(self, group):
        return self._text(self._at(group))

    def groups(self, default=None):
        """Return a tuple containing all the subgroups of the match, from 1."""
        return tuple([self._text(at, default) for at in range(3, len(self._ends), 2)])

    def groupdict(self, default=None):
        """Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name."""
        names = self.re._names.items()
        return {name: self._text(1 + 2 * number, default) for name, number in names}

    def start(self, group=0, /):
        """Return index of the start of the substring matched by group."""
        return self._ends[self._at(group)]

    def end(self, group=0, /):
        """Return index of the end of the substring matched by group."""
        return self._ends[self._at(group) + 1]

    def span(self, group=0, /):
        """For match object m, return the 2-tuple (m.start(group), m.end(group))."""
        at = self._at(group)
        return self._ends[at], self._ends[at + 1]

    def expand(self, template):
        """Return the string obtained by doing backslash substitution on the string template, as done by the sub() method."""
        replace = _replacement(self.re, template)
        return replace if isinstance(replace, (str, bytes)) else replace(self)

    @property
    def regs(self):
        ends = self._ends
        return tuple([(ends[at], ends[at + 1]) for at in range(1, len(ends), 2)])

    @property
    def lastgroup(self):
        for name, number in self.re._names.items():
            if number == self.lastindex:
                return name
        return None

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={repr(self.group())[:50]}>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _replacement(pattern, template):
    """What sub() puts in: a string, or a function of the match."""
    from re._template import parse_template

    try:
        known = pattern._templates.get(template)
    except TypeError:
        known = None
    if known is None:
        known = parse_template(template, pattern.groups, pattern._names)
        pattern._templates[template] = known
    if len(known) == 1 and not isinstance(known[0], int):
        return known[0]
    empty = template[:0]

    def replace(match):
        parts = [
            match._text(1 + 2 * part, empty) if isinstance(part, int) else part
            for part in known
        ]
        return empty.join(parts)

    return replace
