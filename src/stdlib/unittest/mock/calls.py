"""Calls as mocks record them, and as tests say what they expect."""

from unittest._differences import safe_repr

_MISSING = object()


def parts(value):
    """Name, arguments and keyword arguments of what may be a call, or nothing if it cannot be one."""
    name, args, kwargs = "", (), {}
    match len(value):
        case 0:
            pass
        case 1:
            (only,) = value
            if isinstance(only, tuple):
                args = only
            elif isinstance(only, str):
                name = only
            else:
                kwargs = only
        case 2:
            first, second = value
            if isinstance(first, str):
                name = first
                if isinstance(second, tuple):
                    args = second
                else:
                    kwargs = second
            else:
                args, kwargs = first, second
        case 3:
            name, args, kwargs = value
        case _:
            return None
    return name, args, kwargs


def shown(name, args, kwargs):
    """A call as it would be written."""
    inside = [repr(arg) for arg in args] + [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"{name}({', '.join(inside)})"


class _Call(tuple):
    """A call: (name, arguments, keyword arguments), or without the name."""

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        if len(value) == 3:
            name, args, kwargs = value
        else:
            found, args, kwargs = parts(value)
            name = found or name
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name, self._mock_parent, self._mock_from_kall = name, parent, from_kall

    def __eq__(self, other):
        try:
            length = len(other)
        except TypeError:
            return NotImplemented
        own_name = "" if len(self) == 2 else self[0]
        own_args, own_kwargs = self[-2], self[-1]
        if getattr(self, "_mock_parent", None) and getattr(other, "_mock_parent", None):
            if self._mock_parent != other._mock_parent:
                return False
        if length > 3:
            return False
        name, args, kwargs = _expected(other, length)
        if args is _MISSING or own_name and name != own_name:
            return False
        return (args, kwargs) == (own_args, own_kwargs)

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        name = self._mock_name + "()"
        return _Call((self._mock_name, args, kwargs), name=name, parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f"{self._mock_name}.{attr}", parent=self, from_kall=False)

    def __getattribute__(self, attr):
        if attr in tuple.__dict__ and not attr.startswith("__"):
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    @property
    def args(self):
        """The positional arguments."""
        return self[-2]

    @property
    def kwargs(self):
        """The arguments by keyword."""
        return self[-1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or "call"
            return "call" + name if name.startswith("()") else name
        name = "" if len(self) == 2 else self[0]
        if not name:
            name = "call"
        elif name.startswith("()"):
            name = "call" + name
        else:
            name = "call." + name
        return shown(name, self[-2], self[-1])

    def call_list(self):
        """The calls that led to this one, and this one."""
        calls, one = [], self
        while one is not None:
            if one._mock_from_kall:
                calls.append(one)
            one = one._mock_parent
        return CallList(reversed(calls))


def _expected(other, length):
    """The parts of what a call is compared with; what cannot be told apart otherwise is told by the kinds."""
    if length == 0:
        return "", (), {}
    if length == 3:
        return other
    if length == 1:
        (value,) = other
        if isinstance(value, tuple):
            return "", value, {}
        return (value, (), {}) if isinstance(value, str) else ("", (), value)
    first, second = other
    if not isinstance(first, str):
        return "", first, second
    return (first, second, {}) if isinstance(second, tuple) else (first, (), second)


class CallList(list):
    """Calls, in which several that follow one another can be found."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        return any(self[at : at + len(value)] == value for at in range(len(self) - len(value) + 1))

    def __repr__(self):
        return _lines(list(self))


def _lines(calls):
    # One below the other, as `pprint` would show them.
    text = repr(calls)
    if len(text) <= 80 or not calls:
        return text
    return "[" + ",\n ".join(safe_repr(one) for one in calls) + "]"


_Call.__module__ = CallList.__module__ = "unittest.mock"
CallList.__name__ = CallList.__qualname__ = "_CallList"
call = _Call(from_kall=False)
