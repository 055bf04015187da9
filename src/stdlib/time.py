"""The `time` module on the virtual clock; the time zone is UTC."""

import _kernel
from _kernel import monotonic, monotonic_ns, perf_counter, perf_counter_ns, process_time_ns, sleep, thread_time_ns
from _kernel import time, time_ns

timezone = 0
altzone = 0
daylight = 0
tzname = ("UTC", "UTC")
CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID = 0, 1, 2, 3

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


def process_time():
    return process_time_ns() / 1e9


def thread_time():
    return thread_time_ns() / 1e9


def clock_gettime(clk_id, /):
    return clock_gettime_ns(clk_id) / 1e9


def clock_gettime_ns(clk_id, /):
    clocks = (time_ns, monotonic_ns, process_time_ns, thread_time_ns)
    return clocks[clk_id]() if clk_id in range(len(clocks)) else monotonic_ns()


class _ClockInfo:
    def __init__(self, implementation, monotonic, adjustable):
        self.implementation, self.monotonic, self.adjustable = implementation, monotonic, adjustable
        self.resolution = 1e-09

    def __repr__(self):
        return (f"namespace(implementation={self.implementation!r}, monotonic={self.monotonic!r}, "
                f"adjustable={self.adjustable!r}, resolution={self.resolution!r})")


def get_clock_info(name, /):
    if name == "time":
        return _ClockInfo("clock_gettime(CLOCK_REALTIME)", False, True)
    if name in ("monotonic", "perf_counter"):
        return _ClockInfo("clock_gettime(CLOCK_MONOTONIC)", True, False)
    if name in ("process_time", "thread_time"):
        return _ClockInfo("clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", True, False)
    raise ValueError("unknown clock")


class struct_time(tuple):
    """A point in time as nine numbers."""

    n_fields, n_sequence_fields, n_unnamed_fields = 11, 9, 0
    __match_args__ = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")

    def __new__(cls, sequence):
        values = tuple(sequence)
        if len(values) < 9:
            raise TypeError(f"time.struct_time() takes an at least 9-sequence ({len(values)}-sequence given)")
        return tuple.__new__(cls, values[:9])

    tm_year = property(lambda self: self[0])
    tm_mon = property(lambda self: self[1])
    tm_mday = property(lambda self: self[2])
    tm_hour = property(lambda self: self[3])
    tm_min = property(lambda self: self[4])
    tm_sec = property(lambda self: self[5])
    tm_wday = property(lambda self: self[6])
    tm_yday = property(lambda self: self[7])
    tm_isdst = property(lambda self: self[8])
    tm_zone = property(lambda self: "UTC")
    tm_gmtoff = property(lambda self: 0)

    def __repr__(self):
        fields = ", ".join(f"{name}={value}" for name, value in zip(self.__match_args__, self))
        return f"time.struct_time({fields})"


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_before_year(year):
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400


def _month_lengths(year):
    return (31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


_EPOCH_DAY = _days_before_year(1970)


def gmtime(seconds=None, /):
    """Seconds since the epoch as date and time of day."""
    if not (seconds is None or hasattr(seconds, "__index__") or isinstance(seconds, float)):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    whole = int(time() // 1) if seconds is None else int(seconds // 1)
    days, rest = divmod(whole, 86400)
    day = days + _EPOCH_DAY
    year = day * 400 // 146097 + 1
    while _days_before_year(year + 1) <= day:
        year += 1
    while _days_before_year(year) > day:
        year -= 1
    of_year = day - _days_before_year(year)
    month, left = 1, of_year
    for length in _month_lengths(year):
        if left < length:
            break
        left -= length
        month += 1
    hour, rest = divmod(rest, 3600)
    minute, second = divmod(rest, 60)
    return struct_time((year, month, left + 1, hour, minute, second, day % 7, of_year + 1, 0))


localtime = gmtime


def mktime(t, /):
    """Date and time of day as seconds since the epoch."""
    year, month, day, hour, minute, second = t[:6]
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    days = _days_before_year(year) + sum(_month_lengths(year)[:month - 1]) + day - 1 - _EPOCH_DAY
    return float(days * 86400 + hour * 3600 + minute * 60 + second)


def asctime(t=None, /):
    t = gmtime() if t is None else t
    if not 0 <= t[1] <= 12:
        raise ValueError("month out of range")
    return (f"{_DAYS[t[6]][:3]} {_MONTHS[t[1] - 1][:3]} {t[2]:2d} {t[3]:02d}:{t[4]:02d}:{t[5]:02d} {t[0]}")


def ctime(seconds=None, /):
    return asctime(gmtime(seconds))


def _iso_week(t):
    """ISO year and week of a date."""
    weekday, of_year = t[6], t[7]
    week = (of_year - weekday + 9) // 7
    if week < 1:
        last = gmtime(mktime((t[0] - 1, 12, 31, 0, 0, 0)))
        return _iso_week(last)
    if week == 53 and weekday - t[2] + 31 < 3 + 0 * week and t[1] == 12:
        return t[0] + 1, 1
    return t[0], week


_FORMATS = {
    "a": lambda t: _DAYS[t[6]][:3], "A": lambda t: _DAYS[t[6]], "b": lambda t: _MONTHS[t[1] - 1][:3],
    "B": lambda t: _MONTHS[t[1] - 1], "c": asctime, "d": lambda t: f"{t[2]:02d}", "e": lambda t: f"{t[2]:2d}",
    "D": lambda t: strftime("%m/%d/%y", t), "F": lambda t: strftime("%Y-%m-%d", t), "h": lambda t: _MONTHS[t[1] - 1][:3],
    "H": lambda t: f"{t[3]:02d}", "I": lambda t: f"{(t[3] + 11) % 12 + 1:02d}", "j": lambda t: f"{t[7]:03d}",
    "m": lambda t: f"{t[1]:02d}", "M": lambda t: f"{t[4]:02d}", "n": lambda t: "\n", "t": lambda t: "\t",
    "p": lambda t: "AM" if t[3] < 12 else "PM", "R": lambda t: strftime("%H:%M", t), "S": lambda t: f"{t[5]:02d}",
    "s": lambda t: str(int(mktime(t))), "T": lambda t: strftime("%H:%M:%S", t), "u": lambda t: str(t[6] + 1),
    "U": lambda t: f"{(t[7] + 6 - (t[6] + 1) % 7) // 7:02d}", "V": lambda t: f"{_iso_week(t)[1]:02d}",
    "G": lambda t: str(_iso_week(t)[0]), "w": lambda t: str((t[6] + 1) % 7), "W": lambda t: f"{(t[7] + 6 - t[6]) // 7:02d}",
    "x": lambda t: strftime("%m/%d/%y", t), "X": lambda t: strftime("%H:%M:%S", t), "y": lambda t: f"{t[0] % 100:02d}",
    "Y": lambda t: str(t[0]), "z": lambda t: "+0000", "Z": lambda t: "UTC", "%": lambda t: "%",
}


def strftime(format, t=None, /):
    """A time as text."""
    if not isinstance(format, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(format).__name__}")
    t = gmtime() if t is None else t
    parts, at = [], 0
    while at < len(format):
        char = format[at]
        if char != "%" or at + 1 == len(format):
            parts.append(char)
            at += 1
            continue
        code = format[at + 1]
        shown = _FORMATS.get(code)
        parts.append("%" + code if shown is None else shown(t))
        at += 2
    return "".join(parts)


def strptime(string, format="%a %b %d %H:%M:%S %Y", /):
    from _strptime import parse
    (year, month, day, hour, minute, second, _), _, zone = parse(string, format)
    days = _days_before_year(year) + sum(_month_lengths(year)[: month - 1]) + day
    yearday = days - _days_before_year(year)
    return struct_time((year, month, day, hour, minute, second, (days - 1) % 7, yearday, 0 if zone else -1))


def tzset():
    """The time zone is always UTC."""
