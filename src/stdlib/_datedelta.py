"""Durations and time zones with a fixed offset, for `datetime`."""

from _loopscope import c_type, complete

_PER_DAY = 86400 * 1_000_000


def _rounded_ratio(above, below):
    """above / below to the nearest integer, ties to even."""
    quotient, rest = divmod(above, below)
    rest *= 2
    further = rest > below if below > 0 else rest < below
    if further or rest == below and quotient % 2 == 1:
        quotient += 1
    return quotient


@c_type
class timedelta:
    """Difference between two datetime values."""

    __module__ = "datetime"
    __slots__ = ("_total",)

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        parts = (
            ("days", days, _PER_DAY),
            ("seconds", seconds, 1_000_000),
            ("microseconds", microseconds, 1),
            ("milliseconds", milliseconds, 1000),
            ("minutes", minutes, 60_000_000),
            ("hours", hours, 3600_000_000),
            ("weeks", weeks, 7 * _PER_DAY),
        )
        whole, fraction = 0, 0.0
        for name, value, unit in parts:
            if isinstance(value, int):
                whole += value * unit
            elif isinstance(value, float):
                if value != value:
                    raise ValueError("cannot convert float NaN to integer")
                units = int(value)
                whole += units * unit
                exact = (value - units) * unit
                whole += int(exact)
                fraction += exact - int(exact)
            else:
                raise TypeError(
                    f"unsupported type for timedelta {name} component: {type(value).__name__}"
                )
        return cls._of(whole + _half_even(fraction, whole))

    @classmethod
    def _of(cls, total):
        days = total // _PER_DAY
        if not -(1 << 31) <= days < 1 << 31:
            raise OverflowError("Python int too large to convert to C int")
        if abs(days) > 999_999_999:
            raise OverflowError(f"days={days}; must have magnitude <= 999999999")
        self = object.__new__(cls)
        self._total = total
        return self

    @property
    def days(self):
        return self._total // _PER_DAY

    @property
    def seconds(self):
        return self._total % _PER_DAY // 1_000_000

    @property
    def microseconds(self):
        return self._total % 1_000_000

    def total_seconds(self):
        """Total seconds in the duration."""
        return self._total / 1_000_000

    def __repr__(self):
        parts = [
            f"{name}={getattr(self, name)}"
            for name in ("days", "seconds", "microseconds")
            if getattr(self, name)
        ]
        cls = type(self)
        name = cls.__qualname__ if cls is not timedelta else "datetime.timedelta"
        return f"{name}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, second = divmod(self.seconds, 60)
        hour, minute = divmod(minutes, 60)
        text = f"{hour}:{minute:02d}:{second:02d}"
        days = self.days
        if days:
            text = f"{days} day{'s' if abs(days) != 1 else ''}, {text}"
        return f"{text}.{self.microseconds:06d}" if self.microseconds else text

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._of(self._total + other._total)

    __radd__ = __add__

    def __sub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._of(self._total - other._total)

    def __rsub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._of(other._total - self._total)

    def __neg__(self):
        return timedelta._of(-self._total)

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta._of(abs(self._total))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._total * other)
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta._of(_rounded_ratio(self._total * above, below))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total // other._total
        if isinstance(other, int):
            return timedelta._of(self._total // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total / other._total
        if isinstance(other, int):
            return timedelta._of(_rounded_ratio(self._total, other))
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta._of(_rounded_ratio(below * self._total, above))
        return NotImplemented

    def __mod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._of(self._total % other._total)

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._total, other._total)
        return quotient, timedelta._of(rest)

    def __eq__(self, other):
        return self._total == other._total if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._total < other._total if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._total <= other._total if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._total > other._total if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._total >= other._total if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash((self.days, self.seconds, self.microseconds))

    def __bool__(self):
        return self._total != 0

    def __reduce__(self):
        return type(self), (self.days, self.seconds, self.microseconds)


def _half_even(fraction, whole):
    """A fraction rounded so that a tie makes the whole even."""
    rounded = round(fraction)
    if abs(fraction - int(fraction)) == 0.5 and (whole + rounded) % 2:
        rounded += 1 if rounded < fraction else -1
    return rounded


complete(timedelta, "min", timedelta(-999999999))
complete(timedelta, "max", timedelta._of(1_000_000_000 * _PER_DAY - 1))
complete(timedelta, "resolution", timedelta(microseconds=1))


@c_type
class tzinfo:
    """Abstract base class for time zone info objects."""

    __module__ = "datetime"
    __slots__ = ()

    def __reduce__(self):
        args = self.__getinitargs__() if hasattr(self, "__getinitargs__") else ()
        state = self.__getstate__()
        return (type(self), args) if state is None or type(self) is timezone else (type(self), args, state)

    def tzname(self, dt):
        """datetime -> string name of time zone."""
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt):
        """datetime -> timedelta showing offset from UTC, negative values indicating West of UTC"""
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt):
        """datetime -> DST offset as timedelta positive east of UTC."""
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt):
        """datetime in UTC -> datetime in local time."""
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset, saving = dt.utcoffset(), dt.dst()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        if saving is None:
            raise ValueError("fromutc: non-None dst() result required")
        dt += offset - saving
        return dt + dt.dst()


_DAY = timedelta(days=1)
_unnamed = object()


@c_type
class timezone(tzinfo):
    """Fixed offset from UTC implementation of tzinfo."""

    __module__ = "datetime"
    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=_unnamed):
        if not isinstance(offset, timedelta):
            raise TypeError(
                "timezone() argument 1 must be datetime.timedelta, "
                f"not {type(offset).__name__}"
            )
        if name is _unnamed:
            if not offset and hasattr(cls, "utc"):
                return cls.utc
            name = None
        elif not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {type(name).__name__}")
        if not -_DAY < offset < _DAY:
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and "
                f"timedelta(hours=24), not {offset!r}"
            )
        self = object.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __eq__(self, other):
        if isinstance(other, timezone):
            return self._offset == other._offset
        return NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        name = "" if self._name is None else f", {self._name!r}"
        return f"datetime.timezone({self._offset!r}{name})"

    def __str__(self):
        return self.tzname(None)

    def utcoffset(self, dt):
        """Return fixed offset."""
        return self._offset

    def tzname(self, dt):
        """If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'."""
        if self._name is not None:
            return self._name
        if not self._offset:
            return "UTC"
        sign, offset = ("-", -self._offset) if self._offset.days < 0 else ("+", self._offset)
        hours, rest = divmod(offset.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        text = f"UTC{sign}{hours:02d}:{minutes:02d}"
        if seconds or offset.microseconds:
            text += f":{seconds:02d}"
        return f"{text}.{offset.microseconds:06d}" if offset.microseconds else text

    def dst(self, dt):
        """Return None."""
        return None

    def fromutc(self, dt):
        """datetime in UTC -> datetime in local time."""
        return dt + self._offset

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)


complete(timezone, "utc", timezone(timedelta(0)))
complete(timezone, "min", timezone(-timedelta(hours=23, minutes=59)))
complete(timezone, "max", timezone(timedelta(hours=23, minutes=59)))
