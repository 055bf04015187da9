"""What objects are made of, for copying and pickling: `object.__reduce_ex__` and the reductions of the classes that
CPython writes in C.

A reduction is a name, or a tuple: a callable and its arguments, and perhaps a state, items to append, and pairs to set.
"""

import copyreg
from _loopscope import type_name


def reduce_ex(obj, protocol):
    """`object.__reduce_ex__`"""
    cls = type(obj)
    if cls.__reduce__ is not object.__reduce__:
        return obj.__reduce__()
    return reduced(obj, protocol)


def reduced(obj, protocol):
    """`__reduce__` of the built-in class that an object is an instance of."""
    cls = type(obj)
    for base in cls.__mro__:
        own = _OWN.get(base)
        if own is not None:
            return own(obj)
    return _by_new(obj, cls) if protocol >= 2 else _by_base(obj, cls)


def _by_new(obj, cls):
    """To be made by `__new__`, then filled."""
    args, kwargs = _new_arguments(obj, cls)
    has_items = isinstance(obj, (list, dict))
    if args is None and not has_items:
        _check_made_of_attributes(cls)
    state = obj.__getstate__()
    items = iter(obj) if isinstance(obj, list) else None
    pairs = iter(obj.items()) if isinstance(obj, dict) else None
    if kwargs:
        return copyreg.__newobj_ex__, (cls, args, kwargs), state, items, pairs
    return copyreg.__newobj__, (cls, *(args or ())), state, items, pairs


def _new_arguments(obj, cls):
    """The arguments for `__new__`, None if nobody says; and keywords."""
    if hasattr(cls, "__getnewargs_ex__"):
        found = obj.__getnewargs_ex__()
        if not isinstance(found, tuple):
            raise TypeError(f"__getnewargs_ex__ should return a tuple, not '{type(found).__name__}'")
        if len(found) != 2:
            raise ValueError(f"__getnewargs_ex__ should return a tuple of length 2, not {len(found)}")
        args, kwargs = found
        if not isinstance(args, tuple):
            raise TypeError(
                "first item of the tuple returned by __getnewargs_ex__ must be a tuple, "
                f"not '{type(args).__name__}'"
            )
        if not isinstance(kwargs, dict):
            raise TypeError(
                "second item of the tuple returned by __getnewargs_ex__ must be a dict, "
                f"not '{type(kwargs).__name__}'"
            )
        return args, kwargs
    if hasattr(cls, "__getnewargs__"):
        found = obj.__getnewargs__()
        if not isinstance(found, tuple):
            raise TypeError(f"__getnewargs__ should return a tuple, not '{type(found).__name__}'")
        return found, None
    for base in (int, float, complex, str, bytes, tuple):
        if isinstance(obj, base):
            return (base(obj),), None
    return None, None


def _by_base(obj, cls):
    """To be made from an object of the built-in base class, as protocols 0 and 1 have it."""
    base = next(base for base in cls.__mro__ if is_native(base))
    if base is object:
        content = None
    elif base is cls:
        raise TypeError(f"cannot pickle {cls.__name__!r} object")
    else:
        content = base(obj)
    if cls.__getstate__ is object.__getstate__ and getattr(cls, "__slots__", None):
        raise TypeError("a class that defines __slots__ without defining __getstate__ cannot be pickled")
    state = obj.__getstate__()
    made = copyreg._reconstructor, (cls, base, content)
    return (*made, state) if state else made


def is_native(cls):
    """Is it a class that CPython has in C?"""
    return cls.__module__ == "builtins" or "." in type_name(cls)


def _check_made_of_attributes(cls):
    """Objects that hold more than attributes cannot be made anew from these."""
    for base in cls.__mro__:
        if base is not object and is_native(base) and "__getstate__" not in base.__dict__:
            raise TypeError(f"cannot pickle '{type_name(cls)}' object")


def get_state(obj):
    """`object.__getstate__`: the attributes, with those in slots apart if there are any."""
    attributes = getattr(obj, "__dict__", None) or None
    slots = {}
    for name in _slot_names(type(obj)):
        try:
            slots[name] = getattr(obj, name)
        except AttributeError:
            pass
    return (attributes, slots) if slots else attributes


def _slot_names(cls):
    names = []
    for base in cls.__mro__:
        if is_native(base):
            continue
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__") and base.__name__.strip("_"):
                name = f"_{base.__name__.lstrip('_')}{name}"
            names.append(name)
    return names


# Classes with a reduction of their own

def _set(obj):
    return type(obj), (list(obj),), obj.__getstate__()


def _bytearray(obj):
    return type(obj), (bytes(obj),) if obj else (), obj.__getstate__()


def _exception(obj):
    state = _attributes(obj)
    return (type(obj), obj.args, state) if state else (type(obj), obj.args)


def _attributes(obj):
    """The attributes that the program gave an exception, without the machine's own."""
    named = getattr(obj, "__dict__", {})
    return {name: value for name, value in named.items() if not name.startswith("\0")}


def _os_error(obj):
    args = obj.args
    if len(args) == 2 and obj.filename is not None:
        args = (*args, obj.filename)
        if obj.filename2 is not None:
            args = (*args, None, obj.filename2)
    return (type(obj), args, *_exception(obj)[2:])


def _with_fields(*names):
    def reduction(obj):
        state = _attributes(obj)
        for name in names:
            value = getattr(obj, name, None)
            if value is not None:
                state[name] = value
        return (type(obj), obj.args, state) if state else (type(obj), obj.args)

    return reduction


def _deque(obj):
    args = () if obj.maxlen is None else ((), obj.maxlen)
    return type(obj), args, obj.__getstate__(), iter(obj)


def _method(obj):
    return getattr, (obj.__self__, obj.__func__.__name__)


def _function(obj):
    owner = obj.__self__
    if owner is None or isinstance(owner, _MODULE):
        return obj.__name__
    return getattr, (owner, obj.__name__)


def _descriptor(obj):
    return getattr, (obj.__objclass__, obj.__name__)


def _generic_alias(obj):
    return type(obj), (obj.__origin__, obj.__args__)


def _code(obj):
    raise TypeError("cannot pickle code objects")


class _Example:
    def method(self):
        pass


_MODULE = type(copyreg)

_OWN = {
    set: _set,
    frozenset: _set,
    bytearray: _bytearray,
    BaseException: _exception,
    OSError: _os_error,
    ImportError: _with_fields("name", "path", "name_from"),
    AttributeError: _with_fields("name", "obj"),
    range: lambda obj: (range, (obj.start, obj.stop, obj.step)),
    slice: lambda obj: (slice, (obj.start, obj.stop, obj.step)),
    type(len): _function,
    type((1).__add__): _function,
    type(_Example().method): _method,
    type(str.upper): _descriptor,
    type(int.__add__): _descriptor,
    type(list[int]): _generic_alias,
    type(_code.__code__): _code,
    type(NotImplemented): lambda obj: "NotImplemented",
    type(...): lambda obj: "Ellipsis",
}


def _add_deque():
    from _deque import deque

    _OWN[deque] = _deque


_add_deque()
