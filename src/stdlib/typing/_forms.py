"""Special forms: Any, Union, Optional, Callable, Literal, Annotated and their like."""

import collections.abc as _abc
from _loopscope import make_union
from annotationlib import ForwardRef
from types import UnionType
from typing._generics import GenericAlias, GenericAliasBase, parameters_of, shown
from typing._params import ParamSpec


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Special type indicating an unconstrained type."""

    __module__ = "typing"

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


def checked(arg):
    """An argument of a type: None stands for its type, a string for a forward reference."""
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg)
    if type(arg) is tuple:
        raise TypeError(f"Plain typing.Generic is not valid as type argument: {arg!r}")
    return arg


class _SpecialForm:
    """A name with a meaning of its own in annotations."""

    __module__ = "typing"

    def __init__(self, name, getitem=None, doc=None):
        self._name = name
        self._getitem = getitem
        self.__doc__ = doc

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        if self._getitem is None:
            raise TypeError(f"{self} is not subscriptable")
        return self._getitem(self, parameters)


class _UnionForm(_SpecialForm):
    """`Union[X, Y]` is `X | Y`."""

    __module__ = "typing"

    def __repr__(self):
        return "<class 'typing.Union'>"

    def __instancecheck__(self, obj):
        return isinstance(obj, UnionType)


def _union(form, parameters):
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    members = []
    for param in map(checked, parameters):
        inner = param.__args__ if isinstance(param, UnionType) else (param,)
        members += [member for member in inner if member not in members]
    if len(members) == 1:
        return members[0]
    return make_union(tuple(members))


def _optional(form, parameter):
    if isinstance(parameter, tuple):
        raise TypeError(f"{form} requires a single type. Got {parameter!r}.")
    return Union[parameter, None]


def _single(form, parameter):
    if type(parameter) is tuple:
        raise TypeError(f"{form} accepts only single type.")
    return GenericAlias(form, (checked(parameter),))


def _guard(form, parameter):
    return GenericAlias(form, (checked(parameter),))


def _literal(form, parameters):
    parameters = parameters if isinstance(parameters, tuple) else (parameters,)
    values = []
    for param in parameters:
        if isinstance(param, _LiteralAlias):
            values += param.__args__
        else:
            values.append(param)
    kept = []
    for value in values:
        if not any(type(k) is type(value) and k == value for k in kept):
            kept.append(value)
    return _LiteralAlias(form, tuple(kept))


class _LiteralAlias(GenericAlias):
    def __repr__(self):
        return f"typing.Literal[{', '.join(map(repr, self.__args__))}]"

    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        mine = {(type(value), value) for value in self.__args__}
        return mine == {(type(value), value) for value in other.__args__}

    def __hash__(self):
        return hash(frozenset((type(value), value) for value in self.__args__))


class _AnnotatedAlias(GenericAlias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), "Annotated")
        self.__dict__["__metadata__"] = metadata

    def _copy(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        extra = ", ".join(map(repr, self.__metadata__))
        return f"typing.Annotated[{shown(self.__origin__)}, {extra}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        mine = (self.__origin__, self.__metadata__)
        return mine == (other.__origin__, other.__metadata__)

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)


def _annotated(form, parameters):
    if not isinstance(parameters, tuple) or len(parameters) < 2:
        raise TypeError(
            "Annotated[...] should be used with at least two arguments "
            "(a type and an annotation)."
        )
    return _AnnotatedAlias(checked(parameters[0]), tuple(parameters[1:]))


class _ConcatenateAlias(GenericAlias):
    pass


def _concatenate(form, parameters):
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    parameters = parameters if isinstance(parameters, tuple) else (parameters,)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError(
            "The last parameter to Concatenate should be a ParamSpec variable or ellipsis."
        )
    return _ConcatenateAlias(form, (*map(checked, parameters[:-1]), parameters[-1]))


class _UnpackAlias(GenericAlias):
    def __repr__(self):
        return f"typing.Unpack[{shown(self.__args__[0])}]"


def _unpack(form, parameter):
    return _UnpackAlias(form, (checked(parameter),), "Unpack")


Union = _UnionForm("Union", _union)
Optional = _SpecialForm("Optional", _optional)
Literal = _SpecialForm("Literal", _literal)
ClassVar = _SpecialForm("ClassVar", _single)
Final = _SpecialForm("Final", _single)
Annotated = _SpecialForm("Annotated", _annotated)
Concatenate = _SpecialForm("Concatenate", _concatenate)
Unpack = _SpecialForm("Unpack", _unpack)
TypeGuard = _SpecialForm("TypeGuard", _guard)
TypeIs = _SpecialForm("TypeIs", _guard)
Required = _SpecialForm("Required", _single)
NotRequired = _SpecialForm("NotRequired", _single)
ReadOnly = _SpecialForm("ReadOnly", _single)
Self = _SpecialForm("Self")
Never = _SpecialForm("Never")
NoReturn = _SpecialForm("NoReturn")
LiteralString = _SpecialForm("LiteralString")
TypeAlias = _SpecialForm("TypeAlias")


class _Alias(GenericAliasBase):
    """A name of `typing` for a class: `List` for list."""

    def __init__(self, origin, name, count=-1):
        super().__init__(origin, name)
        self.__dict__["_count"] = count
        if origin.__module__ == "builtins":
            self.__dict__["__doc__"] = f"A generic version of {origin.__qualname__}."
        else:
            self.__dict__["__doc__"] = (
                f"A generic version of {origin.__module__}.{origin.__qualname__}."
            )

    def __getitem__(self, params):
        params = params if isinstance(params, tuple) else (params,)
        if self._count == 0:
            raise TypeError(f"{self} is not a generic class")
        if self._count > 0 and len(params) != self._count:
            amount = "many" if len(params) > self._count else "few"
            raise TypeError(
                f"Too {amount} arguments for {self}; actual {len(params)}, expected {self._count}"
            )
        return GenericAlias(self.__origin__, tuple(map(checked, params)), self._name)

    def __call__(self, *args, **kwargs):
        raise TypeError(
            f"Type {self._name} cannot be instantiated; "
            f"use {self.__origin__.__name__}() instead"
        )

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        if isinstance(cls, _Alias):
            return issubclass(cls.__origin__, self.__origin__)
        return issubclass(cls, self.__origin__)

    def __repr__(self):
        return f"typing.{self._name}"


def alias(origin, name, count=-1):
    """A name of `typing` for a class."""
    return _Alias(origin, name, count)


class _CallableAlias(GenericAlias):
    def __repr__(self):
        *arguments, result = self.__args__
        if len(arguments) == 1 and (
            arguments[0] is ... or isinstance(arguments[0], (ParamSpec, _ConcatenateAlias))
        ):
            return f"typing.Callable[{shown(arguments[0])}, {shown(result)}]"
        return f"typing.Callable[{shown(tuple(arguments))}, {shown(result)}]"


class _CallableForm(_Alias):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        arguments, result = params
        if isinstance(arguments, list):
            arguments = tuple(map(checked, arguments))
        elif arguments is ... or isinstance(arguments, (ParamSpec, _ConcatenateAlias)):
            arguments = (arguments,)
        elif not isinstance(arguments, tuple):
            arguments = (checked(arguments),)
        return _CallableAlias(self.__origin__, (*arguments, checked(result)), "Callable")


Callable = _CallableForm(_abc.Callable, "Callable")
Tuple = _Alias(tuple, "Tuple")
Type = _Alias(type, "Type")
