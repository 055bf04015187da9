"""Asking for type hints: get_type_hints, get_origin, get_args."""

import sys
from annotationlib import ForwardRef, get_annotations
from types import GenericAlias as _BuiltinAlias, UnionType
from typing._generics import GenericAlias


def get_origin(tp):
    """The unsubscripted version of a type: list for list[int], or None."""
    from typing import Annotated, Generic, Union, _forms

    if isinstance(tp, _forms._AnnotatedAlias):
        return Annotated
    if isinstance(tp, UnionType):
        return Union
    if isinstance(tp, (GenericAlias, _forms._Alias, _BuiltinAlias)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return None


def get_args(tp):
    """The arguments of a subscripted type."""
    from typing import _forms

    if isinstance(tp, _forms._AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, _forms._CallableAlias):
        *arguments, result = tp.__args__
        if arguments and arguments[0] is ...:
            return (..., result)
        return (list(arguments), result)
    if isinstance(tp, (GenericAlias, _BuiltinAlias, UnionType)):
        return tp.__args__
    return ()


def get_type_hints(obj, globalns=None, localns=None, include_extras=False, *, format=1):
    """The annotations with strings evaluated; for classes those of the bases as well."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            module = sys.modules.get(base.__module__)
            names = globalns
            if names is None:
                names = getattr(module, "__dict__", {})
            found = get_annotations(base, format=3) if base is not object else {}
            locals = dict(vars(base)) if localns is None else localns
            hints.update(_evaluated(found, names, locals))
    else:
        if globalns is None:
            inner = obj
            while hasattr(inner, "__wrapped__"):
                inner = inner.__wrapped__
            globalns = getattr(inner, "__globals__", None)
            if globalns is None:
                globalns = getattr(obj, "__dict__", {})
        found = getattr(obj, "__annotations__", None)
        if found is None:
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        hints = _evaluated(found, globalns, localns)
    if include_extras:
        return hints
    return {name: _without_extras(hint) for name, hint in hints.items()}


def _evaluated(annotations, globals, locals):
    hints = {}
    for name, value in annotations.items():
        if value is None:
            value = type(None)
        hints[name] = _resolved(value, globals, locals)
    return hints


def _resolved(value, globals, locals):
    if isinstance(value, str):
        value = ForwardRef(value)
    if isinstance(value, ForwardRef):
        # What it names may be a text, or have texts inside.
        found = value.evaluate(globals=globals, locals=locals)
        return type(None) if found is None else _resolved(found, globals, locals)
    if isinstance(value, (GenericAlias, UnionType, _BuiltinAlias)):
        args = tuple([_resolved_inside(a, globals, locals) for a in value.__args__])
        if args == value.__args__:
            return value
        if isinstance(value, UnionType):
            from typing import Union

            return Union[args]
        if isinstance(value, GenericAlias):
            return value._copy(args)
        return _BuiltinAlias(value.__origin__, args)
    return value


def _resolved_inside(arg, globals, locals):
    """Strings are forward references there too, unless they are values of Literal."""
    if isinstance(arg, (str, ForwardRef, GenericAlias, UnionType, _BuiltinAlias)):
        return _resolved(arg, globals, locals)
    return arg


def _without_extras(hint):
    from typing import _forms

    if isinstance(hint, _forms._AnnotatedAlias):
        return _without_extras(hint.__origin__)
    if isinstance(hint, _forms._LiteralAlias):
        return hint
    if isinstance(hint, GenericAlias):
        if hint.__origin__ in (_forms.Required, _forms.NotRequired, _forms.ReadOnly):
            return _without_extras(hint.__args__[0])
        args = tuple([_without_extras(arg) for arg in hint.__args__])
        return hint if args == hint.__args__ else hint._copy(args)
    return hint
