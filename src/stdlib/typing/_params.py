"""Type parameters and Generic: what CPython's `typing` takes from C."""

import sys

from _loopscope import c_type


def _caller_module():
    try:
        return sys._getframe(0).f_globals.get("__name__")
    except (ValueError, AttributeError):
        return None


class _NoDefault:
    """The type of the NoDefault singleton."""

    def __repr__(self):
        return "typing.NoDefault"


NoDefault = _NoDefault()


class _Param:
    """What the kinds of type parameters share."""

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    @property
    def __default__(self):
        if callable(self._default) and self._lazy_default:
            self._default, self._lazy_default = self._default(), False
        return self._default

    def has_default(self):
        """Return True if this type parameter has a default."""
        return self._default is not NoDefault

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        sign = "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"
        return sign + self.__name__

    def __or__(self, other):
        from typing import Union

        return Union[self, other]

    def __ror__(self, other):
        from typing import Union

        return Union[other, self]

    def __typing_subst__(self, argument):
        return argument


@c_type
class TypeVar(_Param):
    """Type variable."""

    __module__ = "typing"

    def __init__(
        self,
        name,
        *constraints,
        bound=None,
        default=NoDefault,
        covariant=False,
        contravariant=False,
        infer_variance=False,
    ):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if infer_variance and (covariant or contravariant):
            raise ValueError("Variance cannot be specified with infer_variance.")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        self.__name__ = name
        self._constraints = constraints
        self._bound = bound
        self._lazy_bound = None
        self._default, self._lazy_default = default, False
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self.__module__ = _caller_module()

    def _evaluate(self):
        if self._lazy_bound is not None:
            value, self._lazy_bound = self._lazy_bound(), None
            if isinstance(value, tuple):
                self._constraints = value
            else:
                self._bound = value

    @property
    def __bound__(self):
        self._evaluate()
        return self._bound

    @property
    def __constraints__(self):
        self._evaluate()
        return self._constraints


@c_type
class TypeVarTuple(_Param):
    """Type variable tuple: stands for any number of types."""

    __module__ = "typing"

    def __init__(self, name, *, default=NoDefault):
        self.__name__ = name
        self._default, self._lazy_default = default, False
        self.__module__ = _caller_module()

    def __iter__(self):
        from typing import Unpack

        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class _ParamSpecPart:
    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self.__origin__ == other.__origin__

    def __hash__(self):
        return hash((type(self), self.__origin__))

    def __repr__(self):
        return f"{self.__origin__.__name__}.{self._part}"


class ParamSpecArgs(_ParamSpecPart):
    """The positional parameters of a ParamSpec."""

    _part = "args"


class ParamSpecKwargs(_ParamSpecPart):
    """The keyword parameters of a ParamSpec."""

    _part = "kwargs"


@c_type
class ParamSpec(_Param):
    """Parameter specification variable."""

    __module__ = "typing"

    def __init__(
        self,
        name,
        *,
        bound=None,
        default=NoDefault,
        covariant=False,
        contravariant=False,
        infer_variance=False,
    ):
        self.__name__ = name
        self.__bound__ = bound
        self._default, self._lazy_default = default, False
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self.__module__ = _caller_module()

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)


class TypeAliasType:
    """What a `type X = …` statement makes; the value is computed when it is asked for."""

    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self._value, self._lazy = value, False
        self.__type_params__ = tuple(type_params)
        self.__module__ = _caller_module()

    @classmethod
    def _make(cls, name, type_params, function):
        made = cls(name, function, type_params=type_params or ())
        made._lazy = True
        return made

    def evaluate_value(self, format=1):
        return self.__value__

    @property
    def __value__(self):
        if self._lazy:
            self._value, self._lazy = self._value(), False
        return self._value

    @property
    def __parameters__(self):
        return self.__type_params__

    def __getitem__(self, parameters):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        from types import GenericAlias

        return GenericAlias(self, parameters)

    def __or__(self, other):
        from typing import Union

        return Union[self, other]

    def __ror__(self, other):
        from typing import Union

        return Union[other, self]

    def __repr__(self):
        return self.__name__


class Generic:
    """Abstract base class for generic types."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, params):
        from typing._generics import subscribe

        return subscribe(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        from typing._generics import collect_class_parameters

        cls.__parameters__ = collect_class_parameters(cls)


for _class in (
    TypeVar,
    TypeVarTuple,
    ParamSpec,
    ParamSpecArgs,
    ParamSpecKwargs,
    TypeAliasType,
    Generic,
):
    _class.__module__ = "typing"


def make_type_param(kind, name, bound):
    """A type parameter of the `def f[T: bound]` kind; `bound` is a function that computes it, or None."""
    if kind == "TypeVar":
        made = TypeVar(name, infer_variance=True)
        made._lazy_bound = bound
    elif kind == "ParamSpec":
        made = ParamSpec(name, infer_variance=True)
    else:
        made = TypeVarTuple(name)
    return made


def set_default(param, function):
    """Gives a type parameter a default that is computed when it is asked for."""
    param._default, param._lazy_default = function, True
    return param
