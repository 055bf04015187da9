"""Reading dates and times by a format."""

import re
from _datedelta import timedelta
from _dateformat import _DAYS, _MONTHS

_SHORT_DAYS = [name[:3] for name in _DAYS]
_SHORT_MONTHS = [name[:3] for name in _MONTHS]


def _names(names):
    longest = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name.lower()) for name in longest)


_PATTERNS = {
    "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]",
    "f": r"[0-9]{1,6}",
    "H": r"2[0-3]|[0-1]\d|\d| \d",
    "I": r"1[0-2]|0[1-9]|[1-9]| [1-9]",
    "j": r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]",
    "m": r"1[0-2]|0[1-9]|[1-9]",
    "M": r"[0-5]\d|\d",
    "S": r"6[0-1]|[0-5]\d|\d",
    "U": r"5[0-3]|[0-4]\d|\d",
    "W": r"5[0-3]|[0-4]\d|\d",
    "V": r"5[0-3]|0[1-9]|[1-4]\d|\d",
    "w": r"[0-6]",
    "u": r"[1-7]",
    "y": r"\d\d",
    "Y": r"\d\d\d\d",
    "G": r"\d\d\d\d",
    "z": r"([+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?)|(?-i:Z)",
    "Z": r"utc|gmt",
    "p": r"am|pm",
    "a": _names(_SHORT_DAYS),
    "A": _names(_DAYS),
    "b": _names(_SHORT_MONTHS),
    "B": _names(_MONTHS),
}
_LONGER = {
    "c": "%a %b %d %H:%M:%S %Y",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
    "D": "%m/%d/%y",
    "T": "%H:%M:%S",
    "F": "%Y-%m-%d",
    "R": "%H:%M",
}
_compiled = {}


def _pattern(format):
    if format in _compiled:
        return _compiled[format]
    text, parts, seen = format, [], set()
    for code, longer in _LONGER.items():
        text = text.replace(f"%{code}", longer)
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            while at < len(text) and text[at].isspace():
                at += 1
            parts.append(r"\s+")
            continue
        at += 1
        if char != "%":
            parts.append(re.escape(char))
            continue
        code = text[at : at + 1]
        at += 1
        if not code:
            raise ValueError(f"stray % in format '{format}'")
        if code == "%":
            parts.append("%")
        elif code not in _PATTERNS:
            raise ValueError(f"'{code}' is a bad directive in format '{format}'")
        elif code in seen:
            raise re.error(f"redefinition of group name {code!r}")
        else:
            seen.add(code)
            parts.append(f"(?P<{code}>{_PATTERNS[code]})")
    if "d" in seen and not seen & {"Y", "y", "G"}:
        _warn_without_year()
    _compiled[format] = re.compile("".join(parts), re.I)
    return _compiled[format]


def _warn_without_year():
    import warnings

    warnings.warn(
        "Parsing dates involving a day of month without a year specified is ambiguous\n"
        "and fails to parse leap day. The default behavior will change in Python 3.15\n"
        "to either always raise an exception or to use a different default year (TBD).\n"
        "To avoid trouble, add a specific year to the input & format.\n"
        "See https://github.com/python/cpython/issues/70647.",
        DeprecationWarning,
    )


def parse(text, format):
    """((year, month, day, hour, minute, second, microsecond), offset or None, zone name or None)."""
    for place, value in enumerate((text, format), 1):
        if not isinstance(value, str):
            raise TypeError(f"strptime() argument {place} must be str, not {type(value).__name__}")
    found = _pattern(format).match(text)
    if not found:
        raise ValueError(f"time data {text!r} does not match format {format!r}")
    if found.end() != len(text):
        raise ValueError(f"unconverted data remains: {text[found.end():]}")
    values = found.groupdict()
    _check_iso_week(values)
    year, month, day = _date(values)
    fraction = int((values.get("f") or "0").ljust(6, "0"))
    clock = (_hour(values), int(values.get("M") or 0), int(values.get("S") or 0), fraction)
    offset = _offset(values.get("z"))
    zone = values.get("Z")
    return (year, month, day, *clock), offset, zone and zone.upper()


def _hour(values):
    if values.get("H"):
        return int(values["H"])
    if not values.get("I"):
        return 0
    hour = int(values["I"]) % 12
    return hour + 12 if (values.get("p") or "").lower() == "pm" else hour


def _check_iso_week(values):
    weekday = "a weekday directive ('%A', '%a', '%w', or '%u')"
    has_weekday = _weekday(values) is not None
    if values.get("G"):
        if values.get("j"):
            raise ValueError(
                "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead."
            )
        if not (values.get("V") and has_weekday):
            raise ValueError(
                f"ISO year directive '%G' must be used with the ISO week directive '%V' and {weekday}."
            )
    elif values.get("V"):
        if not (values.get("Y") and has_weekday):
            raise ValueError(
                f"ISO week directive '%V' must be used with the ISO year directive '%G' and {weekday}."
            )
        raise ValueError(
            "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead."
        )


def _weekday(values):
    """The day of the week, from Monday on; None when it was not given."""
    for code, names in (("A", _DAYS), ("a", _SHORT_DAYS)):
        if values.get(code):
            return [name.lower() for name in names].index(values[code].lower())
    if values.get("w"):
        return (int(values["w"]) - 1) % 7
    return int(values["u"]) - 1 if values.get("u") else None


def _day_of_week(year, week, weekday, first):
    """A day by the number of its week in the year; weeks begin on the day `first`, the first full one is number 1."""
    from _datetime import _from_ordinal, _ordinal

    new_year = _ordinal(year, 1, 1)
    if week == 0:
        return _from_ordinal(new_year + (weekday - first) % 7 - ((new_year - 1) % 7 - first) % 7)
    start = new_year + (first - (new_year - 1) % 7) % 7
    return _from_ordinal(start + (week - 1) * 7 + (weekday - first) % 7)


def _date(values):
    from _datetime import _from_ordinal, _ordinal, date

    year = 1900
    if values.get("Y"):
        year = int(values["Y"])
    elif values.get("y"):
        year = int(values["y"])
        year += 2000 if year <= 68 else 1900
    if values.get("G"):
        return date.fromisocalendar(int(values["G"]), int(values["V"]), _weekday(values) + 1)._key()
    if values.get("j"):
        return _from_ordinal(_ordinal(year, 1, 1) + int(values["j"]) - 1)
    for code, first in (("U", 6), ("W", 0)):
        if values.get(code) and _weekday(values) is not None:
            return _day_of_week(year, int(values[code]), _weekday(values), first)
    month = 1
    for code, names in (("b", _SHORT_MONTHS), ("B", _MONTHS)):
        if values.get(code):
            month = [name.lower() for name in names].index(values[code].lower()) + 1
    if values.get("m"):
        month = int(values["m"])
    return year, month, int(values.get("d") or 1)


def _offset(text):
    if not text:
        return None
    if text == "Z":
        return timedelta(0)
    digits = text[1:].replace(":", "")
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + float(digits[4:] or 0)
    return timedelta(seconds=-seconds if text[0] == "-" else seconds)
