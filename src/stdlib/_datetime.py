"""The classes of `datetime`, which CPython writes in C."""

from _loopscope import c_type, complete
from _datedelta import timedelta, timezone, tzinfo
from _dateformat import format_moment, offset_text, parse_iso_date, parse_iso_time

MINYEAR, MAXYEAR = 1, 9999
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = " Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MICROSECOND = 1_000_000


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS[month]


def _days_before(year, month):
    """The days of a year before a month."""
    return sum(_DAYS[:month]) + (month > 2 and _is_leap(year))


def _ordinal(year, month, day):
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + _days_before(year, month) + day


def _from_ordinal(number):
    """(year, month, day) of a day counted from 1 January of the year 1."""
    era, day = divmod(number - 1, 146097)
    year = era * 400 + 1
    century = min(day // 36524, 3)
    day -= century * 36524
    quad, day = divmod(day, 1461)
    single = min(day // 365, 3)
    day -= single * 365
    year += century * 100 + quad * 4 + single
    month = min(day // 29 + 1, 12)
    while _days_before(year, month) > day:
        month -= 1
    return year, month, day - _days_before(year, month) + 1


def _index(value):
    if isinstance(value, int):
        return int(value)
    if hasattr(value, "__index__"):
        return value.__index__()
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def _check_argument(function, place, value, kind, name):
    if not isinstance(value, kind):
        raise TypeError(f"{function}() argument {place} must be {name}, not {type(value).__name__}")


def _warn_naive(function, instead):
    import warnings

    message = (
        f"datetime.datetime.{function} is deprecated and scheduled for removal in a future version. "
        f"Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.{instead}."
    )
    warnings.warn(message, DeprecationWarning, stacklevel=1)


def _checked_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year must be in {MINYEAR}..{MAXYEAR}, not {year}")
    if not 1 <= month <= 12:
        raise ValueError(f"month must be in 1..12, not {month}")
    last = _days_in_month(year, month)
    if not 1 <= day <= last:
        raise ValueError(f"day {day} must be in range 1..{last} for month {month} in year {year}")
    return year, month, day


def _checked_time(hour, minute, second, microsecond, fold):
    values = [_index(value) for value in (hour, minute, second, microsecond)]
    limits = (("hour", 23), ("minute", 59), ("second", 59), ("microsecond", 999999))
    for value, (name, most) in zip(values, limits):
        if not 0 <= value <= most:
            raise ValueError(f"{name} must be in 0..{most}, not {value}")
    if fold not in (0, 1):
        raise ValueError(f"fold must be either 0 or 1, not {fold}")
    return values


def _midnight(clock):
    """A time that was read, 24:00 as 0:00, and whether that is of the next day."""
    if not clock or clock[0] != 24:
        return clock, False
    if any(clock[1:4]):
        raise ValueError("minute, second, and microsecond must be 0 when hour is 24")
    return (0, *clock[1:]), True


def _named_zone(offset, name):
    return None if offset is None else timezone(offset, *([name] if name else []))


def _check_zone(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(
            f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'"
        )


@c_type
class date:
    """date(year, month, day) --> date object"""

    __module__ = "datetime"
    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year=None, month=None, day=None):
        if isinstance(year, bytes) and len(year) == 4 and month is None:
            year, month, day = int.from_bytes(year[:2], "big"), year[2], year[3]
        for place, (name, value) in enumerate((("year", year), ("month", month), ("day", day)), 1):
            if value is None:
                raise TypeError(f"function missing required argument '{name}' (pos {place})")
            _index(value)
        year, month, day = _checked_date(year, month, day)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        return self

    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)

    @classmethod
    def today(cls):
        """Current date or datetime:  same as self.__class__.fromtimestamp(time.time())."""
        import time as clock

        return cls.fromtimestamp(clock.time())

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """Create a date from a POSIX timestamp."""
        return cls.fromordinal(719163 + int(timestamp // 86400))

    @classmethod
    def fromordinal(cls, ordinal, /):
        """int -> date corresponding to a proleptic Gregorian ordinal."""
        ordinal = _index(ordinal)
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        if ordinal > 3652059:
            raise ValueError(f"year {_from_ordinal(ordinal)[0]} is out of range")
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, text, /):
        """Construct a date from a string in ISO 8601 format."""
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        found = parse_iso_date(text)
        if found is None:
            raise ValueError(f"Invalid isoformat string: {text!r}")
        if len(found) == 4:
            return cls.fromisocalendar(*found[:3])
        return cls(*found)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """int, int, int -> Construct a date from the ISO year, week number and weekday."""
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError(f"Year is out of range: {year}")
        first = _first_monday(year)
        weeks = (_first_monday(year + 1) - first) // 7
        if not 1 <= week <= weeks:
            raise ValueError(f"Invalid week: {week}")
        if not 1 <= day <= 7:
            raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
        return cls.fromordinal(first + (week - 1) * 7 + day - 1)

    @classmethod
    def strptime(cls, text, format, /):
        """Parse a string by a format."""
        from _strptime import parse

        return cls(*parse(text, format)[0][:3])

    def toordinal(self):
        """Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."""
        return _ordinal(self._year, self._month, self._day)

    def weekday(self):
        """Return the day of the week represented by the date."""
        return (date.toordinal(self) + 6) % 7

    def isoweekday(self):
        """Return the day of the week represented by the date."""
        return self.weekday() + 1

    def isocalendar(self):
        """Return a named tuple containing ISO year, week number, and weekday."""
        year, today = self._year, date.toordinal(self)
        if today < _first_monday(year):
            year -= 1
        elif today >= _first_monday(year + 1):
            year += 1
        week, day = divmod(today - _first_monday(year), 7)
        return _calendar()(year, week + 1, day + 1)

    def isoformat(self):
        """Return string in ISO 8601 format, YYYY-MM-DD."""
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    __str__ = isoformat

    def ctime(self):
        """Return ctime() style string."""
        day = f"{_WEEKDAYS[self.weekday()]} {_MONTHS[self._month]} {self._day:2d}"
        return f"{day} {_clock_of(self)} {self._year:04d}"

    def strftime(self, format):
        """format -> strftime() style string."""
        _check_argument("strftime", 1, format, str, "str")
        return format_moment(self, format)

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(spec).__name__}")
        return self.strftime(spec) if spec else str(self)

    def timetuple(self):
        """Return time tuple, compatible with time.localtime()."""
        return _time_tuple(self, -1)

    def replace(self, year=None, month=None, day=None):
        """Return date with new specified fields."""
        return type(self)(
            self._year if year is None else year,
            self._month if month is None else month,
            self._day if day is None else day,
        )

    __replace__ = replace

    def _key(self):
        return (self._year, self._month, self._day)

    def __eq__(self, other):
        if isinstance(other, date) and not isinstance(other, datetime):
            return self._key() == other._key()
        return NotImplemented

    def _comparable(self, other):
        return isinstance(other, date) and not isinstance(other, datetime)

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __hash__(self):
        return hash((date, self._key()))

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        ordinal = self.toordinal() + other.days
        if not 1 <= ordinal <= 3652059:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(ordinal)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def __repr__(self):
        return f"{_shown(self)}({self._year}, {self._month}, {self._day})"

    def __reduce__(self):
        return type(self), (_date_bytes(self),)


def _date_bytes(day):
    return day._year.to_bytes(2, "big") + bytes([day._month, day._day])


def _time_bytes(moment, protocol):
    hour = moment._hour | (0x80 if moment._fold and protocol > 3 else 0)
    return bytes([hour, moment._minute, moment._second]) + moment._microsecond.to_bytes(3, "big")


def _with_zone(packed, zone):
    return (packed,) if zone is None else (packed, zone)


def _unpacked_time(packed):
    """Hour, minute, second, microsecond and fold."""
    hour, minute, second = packed[:3]
    return hour & 0x7F, minute, second, int.from_bytes(packed[3:], "big"), hour >> 7


def _shown(value):
    cls = type(value)
    return f"{cls.__module__}.{cls.__qualname__}" if cls.__module__ == "datetime" else cls.__qualname__


def _calendar():
    global _IsoCalendarDate
    if _IsoCalendarDate is None:
        from collections import namedtuple

        _IsoCalendarDate = namedtuple("IsoCalendarDate", "year week weekday", module="datetime")
        _IsoCalendarDate.__repr__ = lambda self: (
            f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"
        )
    return _IsoCalendarDate


_IsoCalendarDate = None


def _first_monday(year):
    """The day that the first ISO week of a year begins with."""
    first = _ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


def _clock_of(moment):
    if isinstance(moment, datetime):
        return f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
    return "00:00:00"


def _time_tuple(moment, dst):
    import time as clock

    parts = [moment.year, moment.month, moment.day]
    if isinstance(moment, datetime):
        parts += [moment.hour, moment.minute, moment.second]
    else:
        parts += [0, 0, 0]
    day = _days_before(moment.year, moment.month) + moment.day
    return clock.struct_time((*parts, moment.weekday(), day, dst))


def _clock_text(moment, timespec):
    specs = {
        "hours": f"{moment.hour:02d}",
        "minutes": f"{moment.hour:02d}:{moment.minute:02d}",
        "seconds": f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}",
    }
    if timespec == "auto":
        timespec = "microseconds" if moment.microsecond else "seconds"
    if timespec == "milliseconds":
        return f"{specs['seconds']}.{moment.microsecond // 1000:03d}"
    if timespec == "microseconds":
        return f"{specs['seconds']}.{moment.microsecond:06d}"
    if timespec not in specs:
        raise ValueError("Unknown timespec value")
    return specs[timespec]


@c_type
class time:
    """time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object"""

    __module__ = "datetime"
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, bytes) and len(hour) == 6:
            tzinfo = minute or None
            hour, minute, second, microsecond, fold = _unpacked_time(hour)
        values = _checked_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = values
        self._tzinfo, self._fold = tzinfo, fold
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    @classmethod
    def fromisoformat(cls, text, /):
        """Construct a time from a string in ISO 8601 format."""
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        found = parse_iso_time(text.removeprefix("T"))
        if found is None:
            raise ValueError(f"Invalid isoformat string: {text!r}")
        return cls(*_midnight(found)[0])

    @classmethod
    def strptime(cls, text, format, /):
        """Parse a string by a format."""
        from _strptime import parse

        fields, offset, zone = parse(text, format)
        return cls(*fields[3:], _named_zone(offset, zone))

    def __reduce_ex__(self, protocol):
        return type(self), _with_zone(_time_bytes(self, protocol), self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)

    def utcoffset(self):
        """Return self.tzinfo.utcoffset(self)."""
        return None if self._tzinfo is None else self._tzinfo.utcoffset(None)

    def dst(self):
        """Return self.tzinfo.dst(self)."""
        return None if self._tzinfo is None else self._tzinfo.dst(None)

    def tzname(self):
        """Return self.tzinfo.tzname(self)."""
        return None if self._tzinfo is None else self._tzinfo.tzname(None)

    def isoformat(self, timespec="auto"):
        """Return string in ISO 8601 format."""
        return _clock_text(self, timespec) + offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        """format -> strftime() style string."""
        _check_argument("strftime", 1, format, str, "str")
        return format_moment(self, format)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        """Return time with new specified fields."""
        return type(self)(
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    __replace__ = replace

    def _key(self):
        total = (self._hour * 3600 + self._minute * 60 + self._second) * _MICROSECOND
        offset = self.utcoffset()
        return total + self._microsecond - (offset // timedelta.resolution if offset else 0)

    def _pair(self, other):
        if not isinstance(other, time):
            return None
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._key(), other._key()

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            return False
        return self._key() == other._key()

    def __lt__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] < pair[1]

    def __le__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] <= pair[1]

    def __gt__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] > pair[1]

    def __ge__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] >= pair[1]

    def __hash__(self):
        return hash((time, self._key()))

    def __repr__(self):
        parts = [self._hour, self._minute]
        if self._second or self._microsecond:
            parts.append(self._second)
        if self._microsecond:
            parts.append(self._microsecond)
        return f"{_shown(self)}({', '.join(map(str, parts))}{_zone_repr(self)})"


def _zone_repr(moment):
    text = "" if moment.tzinfo is None else f", tzinfo={moment.tzinfo!r}"
    return text + (", fold=1" if moment.fold else "")


_EPOCH_DAYS = 719163


# `datetime` has methods and parameters of these names.
_Date, _Time = date, time


@c_type
class datetime(date):
    """datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])"""

    __module__ = "datetime"
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(year, bytes) and len(year) == 10:
            tzinfo = month
            hour, minute, second, microsecond, fold = _unpacked_time(year[4:])
            year, month, day = year[:4], None, None
        self = date.__new__(cls, year, month, day)
        values = _checked_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        self._hour, self._minute, self._second, self._microsecond = values
        self._tzinfo, self._fold = tzinfo, fold
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    @classmethod
    def _from_microseconds(cls, total, tz=None):
        """The moment so many microseconds behind the beginning of the year 1."""
        days, rest = divmod(total, 86400 * _MICROSECOND)
        if not 1 <= days + 1 <= 3652059:
            raise OverflowError("date value out of range")
        seconds, micro = divmod(rest, _MICROSECOND)
        minutes, second = divmod(seconds, 60)
        return cls(*_from_ordinal(days + 1), *divmod(minutes, 60), second, micro, tz)

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """timestamp[, tz] -> tz's local time from POSIX timestamp."""
        _check_zone(tz)
        if not isinstance(timestamp, (int, float)):
            raise TypeError(f"argument must be int or float, not {type(timestamp).__name__}")
        if not -(2**63) <= timestamp < 2**63:
            raise OverflowError("timestamp out of range for platform time_t")
        micro = round(timestamp * _MICROSECOND)
        made = cls._from_microseconds((_EPOCH_DAYS - 1) * 86400 * _MICROSECOND + micro, tz)
        return made if tz is None else tz.fromutc(made)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        """Construct a naive UTC datetime from a POSIX timestamp."""
        _warn_naive("utcfromtimestamp()", "fromtimestamp(timestamp, datetime.UTC)")
        return cls.fromtimestamp(timestamp)

    @classmethod
    def now(cls, tz=None):
        """Returns new datetime object representing current time local to tz."""
        import time as clock

        return cls.fromtimestamp(clock.time(), tz)

    @classmethod
    def utcnow(cls):
        """Return a new datetime representing UTC day and time."""
        _warn_naive("utcnow()", "now(datetime.UTC)")
        return cls.now()

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """date, time -> datetime with same date and time fields"""
        _check_argument("combine", 1, date, _Date, "datetime.date")
        _check_argument("combine", 2, time, _Time, "datetime.time")
        zone = time.tzinfo if tzinfo is True else tzinfo
        return cls(
            date.year,
            date.month,
            date.day,
            time.hour,
            time.minute,
            time.second,
            time.microsecond,
            zone,
            fold=time.fold,
        )

    @classmethod
    def fromisoformat(cls, text, /):
        """Construct a datetime from a string in ISO 8601 format."""
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        for at in range(7, min(len(text), 11) + 1):
            day = parse_iso_date(text[:at])
            if day is None:
                continue
            clock = parse_iso_time(text[at + 1 :]) if at < len(text) else ()
            if clock is not None and (at == len(text) or at + 1 < len(text)):
                if len(day) == 4:
                    day = date.fromisocalendar(*day[:3])._key()
                clock, is_next_day = _midnight(clock)
                if is_next_day:
                    day = _from_ordinal(_ordinal(*day) + 1)
                return cls(*day, *clock)
        raise ValueError(f"Invalid isoformat string: {text!r}")

    @classmethod
    def strptime(cls, text, format, /):
        """string, format -> new datetime parsed from a string (like time.strptime())."""
        from _strptime import parse

        fields, offset, zone = parse(text, format)
        return cls(*fields, _named_zone(offset, zone))

    def date(self):
        """Return date object with same year, month and day."""
        return date(self._year, self._month, self._day)

    def time(self):
        """Return time object with same time but with tzinfo=None."""
        return self.timetz().replace(tzinfo=None)

    def timetz(self):
        """Return time object with same time and tzinfo."""
        values = (self._hour, self._minute, self._second, self._microsecond)
        return time(*values, self._tzinfo, fold=self._fold)

    def __reduce_ex__(self, protocol):
        packed = _date_bytes(self) + _time_bytes(self, protocol)
        return type(self), _with_zone(packed, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)

    def utcoffset(self):
        """Return self.tzinfo.utcoffset(self)."""
        return None if self._tzinfo is None else self._tzinfo.utcoffset(self)

    def dst(self):
        """Return self.tzinfo.dst(self)."""
        return None if self._tzinfo is None else self._tzinfo.dst(self)

    def tzname(self):
        """Return self.tzinfo.tzname(self)."""
        return None if self._tzinfo is None else self._tzinfo.tzname(self)

    def _microseconds(self):
        """Microseconds since the beginning of the year 1, without the zone."""
        seconds = ((self.toordinal() - 1) * 24 + self._hour) * 3600
        seconds += self._minute * 60 + self._second
        return seconds * _MICROSECOND + self._microsecond

    def _utc_microseconds(self):
        offset = self.utcoffset()
        shift = 0 if offset is None else offset // timedelta.resolution
        return self._microseconds() - shift

    def timestamp(self):
        """Return POSIX timestamp as float."""
        epoch = (_EPOCH_DAYS - 1) * 86400 * _MICROSECOND
        return (self._utc_microseconds() - epoch) / _MICROSECOND

    def astimezone(self, tz=None):
        """tz -> convert to local time in new timezone tz"""
        tz = timezone.utc if tz is None else tz
        _check_zone(tz)
        if tz is self._tzinfo:
            return self
        return tz.fromutc(type(self)._from_microseconds(self._utc_microseconds(), tz))

    def timetuple(self):
        """Return time tuple, compatible with time.localtime()."""
        dst = self.dst()
        return _time_tuple(self, -1 if dst is None else int(bool(dst)))

    def utctimetuple(self):
        """Return UTC time tuple, compatible with time.localtime()."""
        return _time_tuple(datetime._from_microseconds(self._utc_microseconds()), 0)

    def isoformat(self, sep="T", timespec="auto"):
        """Return string in ISO 8601 format."""
        return (
            date.isoformat(self) + sep + _clock_text(self, timespec) + offset_text(self.utcoffset())
        )

    def __str__(self):
        return self.isoformat(" ")

    def replace(
        self,
        year=None,
        month=None,
        day=None,
        hour=None,
        minute=None,
        second=None,
        microsecond=None,
        tzinfo=True,
        *,
        fold=None,
    ):
        """Return datetime with new specified fields."""
        given = (year, month, day, hour, minute, second, microsecond)
        mine = (*self._key(), self._hour, self._minute, self._second, self._microsecond)
        values = [old if new is None else new for old, new in zip(mine, given)]
        zone = self._tzinfo if tzinfo is True else tzinfo
        return type(self)(*values, zone, fold=self._fold if fold is None else fold)

    __replace__ = replace

    def _pair(self, other):
        if not isinstance(other, datetime):
            return None
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return self._utc_microseconds(), other._utc_microseconds()

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented if not isinstance(other, date) else False
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            return False
        return self._utc_microseconds() == other._utc_microseconds()

    def __lt__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] < pair[1]

    def __le__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] <= pair[1]

    def __gt__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] > pair[1]

    def __ge__(self, other):
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[0] >= pair[1]

    def __hash__(self):
        return hash((datetime, self._utc_microseconds()))

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        total = self._microseconds() + other // timedelta.resolution
        return type(self)._from_microseconds(total, self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        if self._tzinfo is other._tzinfo:
            return timedelta(microseconds=self._microseconds() - other._microseconds())
        return timedelta(microseconds=self._utc_microseconds() - other._utc_microseconds())

    def __repr__(self):
        parts = [*self._key(), self._hour, self._minute]
        if self._second or self._microsecond:
            parts.append(self._second)
        if self._microsecond:
            parts.append(self._microsecond)
        return f"{_shown(self)}({', '.join(map(str, parts))}{_zone_repr(self)})"


for _class, _min, _max, _resolution in (
    (date, date(1, 1, 1), date(9999, 12, 31), timedelta(days=1)),
    (time, time(0, 0), time(23, 59, 59, 999999), timedelta(microseconds=1)),
    (datetime, datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), timedelta(microseconds=1)),
):
    complete(_class, "min", _min)
    complete(_class, "max", _max)
    complete(_class, "resolution", _resolution)
UTC = timezone.utc
