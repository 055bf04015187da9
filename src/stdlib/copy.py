"""Shallow and deep copies."""

from _weakref import ref
from copyreg import dispatch_table

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    pass


error = Error

_ATOMIC = {
    type(None),
    type(NotImplemented),
    type(...),
    int,
    float,
    bool,
    complex,
    str,
    bytes,
    type,
    range,
    slice,
    property,
    type(len),
    type(lambda: None),
    type((lambda: None).__code__),
    ref,
}


def copy(x):
    """A new object with the same parts."""
    cls = type(x)
    if cls in _ATOMIC or cls is tuple or cls is frozenset or issubclass(cls, type):
        return x
    if cls in (list, dict, set, bytearray):
        return cls.copy(x)
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    return _rebuilt(x, None)


def deepcopy(x, memo=None):
    """A new object with copies of the parts, and of their parts."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    key = id(x)
    if key in memo:
        return memo[key]
    result = _deep(x, cls, memo)
    if result is not x:
        memo[key] = result
        # The originals live as long as their numbers are in use.
        memo.setdefault(id(memo), []).append(x)
    return result


def _deep(x, cls, memo):
    if issubclass(cls, type):
        return x
    special = _DEEP.get(cls)
    if special is not None:
        return special(x, memo)
    method = getattr(x, "__deepcopy__", None)
    if method is not None:
        return method(memo)
    return _rebuilt(x, memo)


def _deep_list(x, memo):
    result = []
    memo[id(x)] = result
    for item in x:
        result.append(deepcopy(item, memo))
    return result


def _deep_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    if id(x) in memo:
        return memo[id(x)]
    same = all(new is old for new, old in zip(items, x))
    return x if same else tuple(items)


def _deep_dict(x, memo):
    result = {}
    memo[id(x)] = result
    for key, value in x.items():
        result[deepcopy(key, memo)] = deepcopy(value, memo)
    return result


def _deep_set(x, memo):
    return type(x)([deepcopy(item, memo) for item in x])


def _deep_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_DEEP = {
    list: _deep_list,
    tuple: _deep_tuple,
    dict: _deep_dict,
    set: _deep_set,
    frozenset: _deep_set,
    bytearray: lambda x, memo: bytearray(x),
    type(Error().with_traceback): lambda x, memo: x,
}


def _method_class():
    class Anything:
        def method(self):
            pass

    return type(Anything().method)


_DEEP[_method_class()] = _deep_method


def _reduced(x):
    """How to make such an object: a callable, its arguments, the state, items to append, and pairs to set."""
    cls = type(x)
    reduce = dispatch_table.get(cls)
    if reduce is not None:
        return reduce(x)
    method = getattr(cls, "__reduce_ex__", None)
    if method is None:
        raise Error(f"un(deep)copyable object of type {cls}")
    return method(x, 4)


def _rebuilt(x, memo):
    """A copy by way of `__reduce_ex__`; its parts are copied, too, if there is a memo."""
    reduced = _reduced(x)
    if isinstance(reduced, str):
        return x
    function, args, state, items, pairs = (*reduced, None, None, None)[:5]
    deep = memo is not None
    if deep:
        args = [deepcopy(arg, memo) for arg in args]
    result = function(*args)
    if deep:
        memo[id(x)] = result
    if state is not None:
        _set_state(result, deepcopy(state, memo) if deep else state)
    for item in items or ():
        result.append(deepcopy(item, memo) if deep else item)
    for key, value in pairs or ():
        if deep:
            key, value = deepcopy(key, memo), deepcopy(value, memo)
        result[key] = value
    return result


def _set_state(result, state):
    if hasattr(result, "__setstate__"):
        result.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state:
        result.__dict__.update(state)
    for name, value in (slots or {}).items():
        setattr(result, name, value)


def replace(obj, /, **changes):
    """A copy with some fields changed."""
    cls = type(obj)
    method = getattr(cls, "__replace__", None)
    if method is None:
        raise TypeError(f"replace() does not support {cls.__name__} objects")
    return method(obj, **changes)
