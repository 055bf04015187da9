"""Properties of characters: normal forms, categories, numbers, and the more common names (`Modules/unicodedata.c`)."""

import _loopscope
import _unicodedata

unidata_version = "16.0.0"
_FORMS = ("NFC", "NFD", "NFKC", "NFKD")
_MISSING = object()


def _checked(function, value, argument="argument"):
    if not isinstance(value, str):
        raise TypeError(f"{function}() {argument} must be a unicode character, not {type(value).__name__}")
    if len(value) != 1:
        raise TypeError(f"{function}(): {argument} must be a unicode character, not a string of length {len(value)}")
    return value


def _first(function, value):
    return _checked(function, value, "argument 1")


def normalize(form, unistr, /):
    """The normal form of a text."""
    if form not in _FORMS:
        raise ValueError("invalid normalization form")
    return _unicodedata.normalize(form, unistr)


def is_normalized(form, unistr, /):
    return normalize(form, unistr) == unistr


def category(chr, /):
    """The general category, such as "Lu"."""
    return _unicodedata.category(_checked("category", chr))


def combining(chr, /):
    """The canonical combining class; 0 for what does not combine."""
    return _unicodedata.combining(_checked("combining", chr))


def name(chr, default=_MISSING, /):
    """The name of a character."""
    chr = _first("name", chr)
    found = _unicodedata.name(chr)
    if found is None and _unicodedata.category(chr) not in ("Cc", "Cs", "Co", "Cn"):
        _loopscope.unsupported(f"unicodedata.name({chr!a}): the name of this character is not in the table")
    if found is not None:
        return found
    if default is _MISSING:
        raise ValueError("no such name")
    return default


def lookup(name, /):
    """The character of a name."""
    found = _unicodedata.lookup(name)
    if found is None:
        _loopscope.unsupported(f"unicodedata.lookup({name!r}): the name is not in the table")
    return found


def decimal(chr, default=_MISSING, /):
    """The value of a decimal digit."""
    if _first("decimal", chr).isdecimal():
        return int(chr)
    return _or(default, "not a decimal")


def digit(chr, default=_MISSING, /):
    """The value of a digit, raised ones included."""
    if _first("digit", chr).isdigit():
        return int(normalize("NFKC", chr)[0]) if chr.isdecimal() or normalize("NFKC", chr).isdecimal() else _other(chr)
    return _or(default, "not a digit")


def numeric(chr, default=_MISSING, /):
    """The value of a number as a float."""
    if not _first("numeric", chr).isnumeric():
        return _or(default, "not a numeric character")
    top, bar, bottom = normalize("NFKC", chr).partition("\u2044")
    if top.isdecimal() and (not bar or bottom.isdecimal()):
        return int(top) / int(bottom or 1)
    return _other(chr)


def _or(default, message):
    if default is _MISSING:
        raise ValueError(message)
    return default


def _other(chr):
    _loopscope.unsupported(f"unicodedata: the numeric value of {chr!a} is not in the table")


def _unsupported(name):
    def function(chr, /):
        _loopscope.unsupported(f"unicodedata.{name}")
    function.__name__ = function.__qualname__ = name
    return function


bidirectional, decomposition, east_asian_width, mirrored = map(
    _unsupported, ("bidirectional", "decomposition", "east_asian_width", "mirrored")
)
