"""What can be said about the parameters of an object that a mock stands for."""

import inspect
import types
from unittest.mock.values import is_callable

_FUNCTIONS = (types.FunctionType, types.MethodType, staticmethod, classmethod)


def of(spec, as_instance, eat_self):
    """A callable and its signature, or nothing where CPython could not tell it either or it is a built-in's."""
    if isinstance(spec, type) and not as_instance:
        # The arguments of a class are those of its __init__, without the object.
        spec, eat_self = spec.__init__, True
    elif isinstance(spec, (classmethod, staticmethod)):
        eat_self = eat_self or isinstance(spec, classmethod)
        spec = spec.__func__
    elif not isinstance(spec, _FUNCTIONS):
        spec = getattr(type(spec) if not isinstance(spec, type) else spec, "__call__", None)
        if not isinstance(spec, types.FunctionType):
            return None
        eat_self = True
    if not _written_in_python(spec):
        return None
    try:
        signature = inspect.signature(spec)
    except (TypeError, ValueError):
        return None
    if eat_self and not isinstance(spec, types.MethodType):
        signature = _without_first(signature)
    return spec, signature


def _written_in_python(function):
    function = inspect.unwrap(function) if hasattr(function, "__wrapped__") else function
    return isinstance(getattr(function, "__func__", function), types.FunctionType)


def _without_first(signature):
    parameters = list(signature.parameters.values())
    first = parameters[:1]
    if first and first[0].kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD):
        parameters = parameters[1:]
    return signature.replace(parameters=parameters)


def is_async(obj):
    """Is it a function that makes coroutines?"""
    obj = getattr(obj, "__func__", obj) if isinstance(obj, (staticmethod, classmethod)) else obj
    if isinstance(getattr(obj, "__code__", None), types.CodeType):
        return inspect.iscoroutinefunction(obj)
    return "_is_coroutine_mark" in getattr(obj, "__dict__", {})


def must_skip(spec, entry, is_type):
    """Does a method of a class take no object as its first argument? `is_type` if it is read from the class."""
    if not isinstance(spec, type):
        if entry in getattr(spec, "__dict__", {}):
            return False
        spec = type(spec)
    for cls in spec.__mro__:
        found = cls.__dict__.get(entry)
        if found is None and entry not in cls.__dict__:
            continue
        if isinstance(found, (staticmethod, classmethod)):
            return False
        return is_type if isinstance(found, (types.FunctionType, property)) or is_callable(found) else False
    return is_type
