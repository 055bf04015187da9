"""Writing dates and times by a format, and reading ISO 8601."""

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


_PADDED = "dmHIMSyjeklUWVC"


def format_moment(moment, format):
    """What strftime() gives for a date, time or datetime."""
    parts, at = [], 0
    while at < len(format):
        char = format[at]
        if char != "%" or at + 1 == len(format):
            parts.append(char)
            at += 1
            continue
        code = format[at + 1]
        at += 2
        if code == ":" and format[at : at + 1] == "z":
            parts.append(_moment_offset(moment, ":"))
            at += 1
        elif code in "-0" and format[at : at + 1] in _PADDED:
            # Extensions of the C library: no padding, or zeros.
            number = _directive(moment, format[at]).strip()
            parts.append((number.lstrip("0") or "0") if code == "-" else number.rjust(2, "0"))
            at += 1
        else:
            parts.append(_directive(moment, code))
    return "".join(parts)


def _moment_offset(moment, colon):
    return offset_text(moment.utcoffset() if hasattr(moment, "utcoffset") else None, colon)


def offset_text(offset, colon=":"):
    """The offset from UTC as it stands behind a time; nothing for None."""
    if offset is None:
        return ""
    sign, offset = ("-", -offset) if offset.days < 0 else ("+", offset)
    hours, rest = divmod(offset.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{sign}{hours:02d}{colon}{minutes:02d}"
    if seconds or offset.microseconds:
        text += f"{colon}{seconds:02d}"
    return f"{text}.{offset.microseconds:06d}" if offset.microseconds else text


def _directive(moment, code):
    year, month, day = (getattr(moment, n, d) for n, d in (("year", 1900), ("month", 1), ("day", 1)))
    hour, minute, second = (getattr(moment, n, 0) for n in ("hour", "minute", "second"))
    if code in "YmdHMSfyIpzZ%":
        return {
            "Y": lambda: f"{year:04d}",
            "m": lambda: f"{month:02d}",
            "d": lambda: f"{day:02d}",
            "H": lambda: f"{hour:02d}",
            "M": lambda: f"{minute:02d}",
            "S": lambda: f"{second:02d}",
            "f": lambda: f"{getattr(moment, 'microsecond', 0):06d}",
            "y": lambda: f"{year % 100:02d}",
            "I": lambda: f"{(hour + 11) % 12 + 1:02d}",
            "p": lambda: "PM" if hour >= 12 else "AM",
            "z": lambda: _moment_offset(moment, ""),
            "Z": lambda: (moment.tzname() if hasattr(moment, "tzname") else None) or "",
            "%": lambda: "%",
        }[code]()
    from _datetime import _days_before, _ordinal

    weekday = (_ordinal(year, month, day) + 6) % 7
    yearday = _days_before(year, month) + day
    if code in "GVu":
        from _datetime import date

        iso = date(year, month, day).isocalendar()
        return {"G": f"{iso[0]:04d}", "V": f"{iso[1]:02d}", "u": str(iso[2])}[code]
    simple = {
        "a": _DAYS[weekday][:3],
        "A": _DAYS[weekday],
        "b": _MONTHS[month - 1][:3],
        "h": _MONTHS[month - 1][:3],
        "B": _MONTHS[month - 1],
        "j": f"{yearday:03d}",
        "w": str((weekday + 1) % 7),
        "U": f"{(yearday + 6 - (weekday + 1) % 7) // 7:02d}",
        "W": f"{(yearday + 6 - weekday) // 7:02d}",
        "e": f"{day:2d}",
        "k": f"{hour:2d}",
        "l": f"{(hour + 11) % 12 + 1:2d}",
        "C": f"{year // 100:02d}",
        "n": "\n",
        "t": "\t",
    }
    longer = {
        "c": "%a %b %e %H:%M:%S %Y",
        "x": "%m/%d/%y",
        "X": "%H:%M:%S",
        "D": "%m/%d/%y",
        "T": "%H:%M:%S",
        "F": "%Y-%m-%d",
        "R": "%H:%M",
        "r": "%I:%M:%S %p",
    }
    if code == "s":
        return str((_ordinal(year, month, day) - 719163) * 86400 + hour * 3600 + minute * 60 + second)
    if code in longer:
        return format_moment(moment, longer[code])
    return simple.get(code, "%" + code)


def _number(text, digits):
    if len(text) == digits and text.isascii() and text.isdigit():
        return int(text)
    return None


def parse_iso_date(text):
    """(year, month, day), or (year, week, weekday, None) for weeks; None when it is no date."""
    year = _number(text[:4], 4)
    rest = text[4:]
    if year is None:
        return None
    dashed = rest.startswith("-")
    rest = rest[dashed:]
    if rest.startswith("W"):
        week, rest = _number(rest[1:3], 2), rest[3:]
        if week is None:
            return None
        if not rest:
            return year, week, 1, None
        if rest.startswith("-") != dashed:
            return None
        day = _number(rest.removeprefix("-"), 1)
        return None if day is None else (year, week, day, None)
    month, rest = _number(rest[:2], 2), rest[2:]
    if dashed != rest.startswith("-"):
        return None
    day = _number(rest.removeprefix("-"), 2)
    return None if month is None or day is None else (year, month, day)


def parse_iso_time(text):
    """(hour, minute, second, microsecond, tzinfo), or None when it is no time."""
    from _datedelta import timedelta, timezone

    zone = None
    ends = [at for at in (text.find("Z"), text.find("+"), text.find("-")) if at >= 0]
    if ends:
        at = min(ends)
        text, tail = text[:at], text[at:]
        if tail == "Z":
            zone = timezone.utc
        else:
            clock = _clock(tail[1:])
            if clock is None:
                return None
            hours, minutes, seconds, micro = clock
            offset = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micro)
            zone = timezone(-offset if tail[0] == "-" else offset)
    clock = _clock(text)
    return None if clock is None else (*clock, zone)


def _clock(text):
    body, mark, fraction = text.replace(",", ".").partition(".")
    if ":" in body:
        parts = body.split(":")
    else:
        parts = [body[at : at + 2] for at in range(0, len(body), 2)]
    numbers = [_number(part, 2) for part in parts]
    if not 1 <= len(numbers) <= 3 or None in numbers:
        return None
    if mark and (len(numbers) != 3 or not (fraction.isascii() and fraction.isdigit())):
        return None
    numbers += [0] * (3 - len(numbers))
    return (*numbers, int(fraction[:6].ljust(6, "0")) if mark else 0)
