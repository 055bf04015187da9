"""Time zones by name: only those that never change, since there is no table of the others."""

from datetime import timedelta, tzinfo

__all__ = ["ZoneInfo", "reset_tzpath", "available_timezones", "TZPATH", "ZoneInfoNotFoundError", "InvalidTZPathWarning"]

TZPATH = ()
_FIXED = {"UTC": 0, "Etc/UTC": 0, "GMT": 0, "Etc/GMT": 0, "Zulu": 0, "Etc/Zulu": 0, "Universal": 0, "UCT": 0}


class ZoneInfoNotFoundError(KeyError):
    """There is no such time zone."""


class InvalidTZPathWarning(RuntimeWarning):
    pass


class ZoneInfo(tzinfo):
    """A time zone by its name."""

    _known = {}

    def __new__(cls, key):
        if key not in _FIXED:
            from _loopscope import unsupported

            unsupported(f"the time zone {key!r}: only UTC is")
        if key not in cls._known:
            cls._known[key] = cls.no_cache(key)
        return cls._known[key]

    @classmethod
    def no_cache(cls, key):
        """A new object."""
        made = tzinfo.__new__(cls)
        made.key = key
        return made

    def utcoffset(self, dt, /):
        return None if dt is None else timedelta(0)

    def dst(self, dt, /):
        return None if dt is None else timedelta(0)

    def tzname(self, dt, /):
        return None if dt is None else self.key.rpartition("/")[2].replace("Zulu", "UTC").replace("Universal", "UTC")

    def __str__(self):
        return self.key

    def __repr__(self):
        return f"zoneinfo.ZoneInfo(key={self.key!r})"

    def __reduce__(self):
        return ZoneInfo, (self.key,)


def available_timezones():
    """The names of all time zones."""
    from _loopscope import unsupported

    unsupported("zoneinfo.available_timezones")


def reset_tzpath(to=None):
    """There are no files of time zones."""
