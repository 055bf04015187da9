"""The flags of regular expressions and the exception for wrong ones."""

_NAMES = (
    (256, "ASCII"),
    (2, "IGNORECASE"),
    (4, "LOCALE"),
    (32, "UNICODE"),
    (8, "MULTILINE"),
    (16, "DOTALL"),
    (64, "VERBOSE"),
    (128, "DEBUG"),
)


class RegexFlag(int):
    """A combination of flags; a slim stand-in for an enum.IntFlag."""

    __module__ = "re"
    __slots__ = ()

    @property
    def value(self):
        return int(self)

    @property
    def name(self):
        if not self:
            return "NOFLAG"
        names = [name for bit, name in _NAMES if self & bit]
        return "|".join(names) or None

    def __repr__(self):
        if not self:
            return "re.NOFLAG"
        names = [f"re.{name}" for bit, name in _NAMES if int(self) & bit]
        rest = int(self) & ~sum(bit for bit, name in _NAMES)
        if rest:
            names.append(hex(rest))
        return "|".join(names)

    __str__ = object.__str__

    def __or__(self, other):
        return _combined(int(self), other, int.__or__)

    def __and__(self, other):
        return _combined(int(self), other, int.__and__)

    def __xor__(self, other):
        return _combined(int(self), other, int.__xor__)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        return RegexFlag(sum(bit for bit, name in _NAMES) & ~int(self))

    def __contains__(self, flag):
        return int(self) & int(flag) == int(flag)

    def __iter__(self):
        return iter([RegexFlag(bit) for bit, name in _NAMES if int(self) & bit])


def _combined(left, right, operation):
    if not isinstance(right, int):
        return NotImplemented
    return RegexFlag(operation(left, int(right)))


NOFLAG = RegexFlag(0)
A = ASCII = RegexFlag(256)
I = IGNORECASE = RegexFlag(2)
L = LOCALE = RegexFlag(4)
U = UNICODE = RegexFlag(32)
M = MULTILINE = RegexFlag(8)
S = DOTALL = RegexFlag(16)
X = VERBOSE = RegexFlag(64)
DEBUG = RegexFlag(128)


class PatternError(Exception):
    """A wrong regular expression: what is wrong (msg), with the pattern and the place."""

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            msg = f"{msg} at position {pos}"
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = f"{msg} (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


error = PatternError
