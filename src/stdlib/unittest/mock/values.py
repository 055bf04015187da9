"""Values with a meaning of their own."""

FILTER_DIR = True


class InvalidSpecError(Exception):
    """A mock was given as the specification of a mock."""


class _SentinelObject:
    """Equal to itself alone."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"

    def __reduce__(self):
        return f"sentinel.{self.name}"


class _Sentinel:
    """Makes an object for each name that is asked for."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError(name)
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return "sentinel"


class _Any:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


_Any.__qualname__ = _Any.__name__ = "_ANY"
sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT
MISSING = sentinel.MISSING
DELETED = sentinel.DELETED
ANY = _Any()

for _class in (InvalidSpecError, _SentinelObject, _Sentinel, _Any):
    _class.__module__ = "unittest.mock"


def is_exception(value):
    """Can it be raised?"""
    return isinstance(value, BaseException) or isinstance(value, type) and issubclass(value, BaseException)


def is_callable(value):
    """Can it be called, also where its class says so in a way of its own?"""
    if isinstance(value, type):
        return True
    if isinstance(value, (staticmethod, classmethod)):
        return is_callable(value.__func__)
    return getattr(value, "__call__", None) is not None
