"""Type hints at run time: they cost little, are shown as CPython shows them, and check nothing."""

import collections.abc as _abc
import sys
from abc import ABCMeta, abstractmethod
from annotationlib import ForwardRef
from typing._forms import (
    Annotated,
    Any,
    Callable,
    ClassVar,
    Concatenate,
    Final,
    Literal,
    LiteralString,
    Never,
    NoReturn,
    NotRequired,
    Optional,
    ReadOnly,
    Required,
    Self,
    Tuple,
    Type,
    TypeAlias,
    TypeGuard,
    TypeIs,
    Union,
    Unpack,
    alias as _alias,
)
from typing._generics import GenericAlias as _GenericAlias
from typing._hints import get_args, get_origin, get_type_hints
from typing._params import (
    Generic,
    NoDefault,
    ParamSpec,
    ParamSpecArgs,
    ParamSpecKwargs,
    TypeAliasType,
    TypeVar,
    TypeVarTuple,
)
from typing._structures import (
    NamedTuple,
    NewType,
    Protocol,
    TypedDict,
    get_protocol_members,
    is_protocol,
    is_typeddict,
    runtime_checkable,
)

TYPE_CHECKING = False

AnyStr = TypeVar("AnyStr", bytes, str)
Text = str

List = _alias(list, "List", 1)
Dict = _alias(dict, "Dict", 2)
Set = _alias(set, "Set", 1)
FrozenSet = _alias(frozenset, "FrozenSet", 1)
AbstractSet = _alias(_abc.Set, "AbstractSet", 1)
Hashable = _alias(_abc.Hashable, "Hashable", 0)
Sized = _alias(_abc.Sized, "Sized", 0)
_ABCS = {
    1: "Awaitable AsyncIterable AsyncIterator Iterable Iterator Reversible Container Collection MutableSet Sequence "
    "MutableSequence MappingView KeysView ValuesView",
    2: "Mapping MutableMapping ItemsView",
    -1: "Coroutine Generator AsyncGenerator",
}
for _count, _names in _ABCS.items():
    for _name in _names.split():
        globals()[_name] = _alias(getattr(_abc, _name), _name, _count)

_LAZY_ALIASES = {
    "Deque": ("collections", "deque"),
    "DefaultDict": ("collections", "defaultdict"),
    "OrderedDict": ("collections", "OrderedDict"),
    "Counter": ("collections", "Counter"),
    "ChainMap": ("collections", "ChainMap"),
    "Pattern": ("re", "Pattern"),
    "Match": ("re", "Match"),
    "ContextManager": ("contextlib", "AbstractContextManager"),
    "AsyncContextManager": ("contextlib", "AbstractAsyncContextManager"),
}

_made = {}

__all__ = [
    name
    for name in list(globals())
    if not name.startswith("_") and name not in ("sys", "ABCMeta", "abstractmethod")
] + [
    *_LAZY_ALIASES,
    "IO",
    "BinaryIO",
    "TextIO",
    "SupportsAbs",
    "SupportsBytes",
    "SupportsComplex",
    "SupportsFloat",
    "SupportsIndex",
    "SupportsInt",
    "SupportsRound",
    "assert_never",
    "assert_type",
    "cast",
    "clear_overloads",
    "dataclass_transform",
    "evaluate_forward_ref",
    "final",
    "get_overloads",
    "no_type_check",
    "overload",
    "override",
    "reveal_type",
]


def __getattr__(name):
    if name in _LAZY_ALIASES:
        import importlib

        if name not in _made:
            module, attribute = _LAZY_ALIASES[name]
            _made[name] = _alias(getattr(importlib.import_module(module), attribute), name)
        return _made[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _supports(name, method, doc):
    namespace = {
        "__module__": "typing",
        "__slots__": (),
        "__doc__": doc,
        method: abstractmethod(lambda self: None),
    }
    made = type(Protocol)(name, (Protocol,), namespace)
    return runtime_checkable(made)


SupportsInt = _supports("SupportsInt", "__int__", "An ABC with one abstract method __int__.")
SupportsFloat = _supports("SupportsFloat", "__float__", "An ABC with one abstract method __float__.")
SupportsComplex = _supports("SupportsComplex", "__complex__", "An ABC with one abstract method __complex__.")
SupportsBytes = _supports("SupportsBytes", "__bytes__", "An ABC with one abstract method __bytes__.")
SupportsIndex = _supports("SupportsIndex", "__index__", "An ABC with one abstract method __index__.")
SupportsAbs = _supports("SupportsAbs", "__abs__", "An ABC with one abstract method __abs__.")
SupportsRound = _supports("SupportsRound", "__round__", "An ABC with one abstract method __round__.")


class IO(Generic[AnyStr]):
    """Generic base class for TextIO and BinaryIO."""

    __slots__ = ()


class BinaryIO(IO[bytes]):
    """Typed version of the return of open() in binary mode."""

    __slots__ = ()


class TextIO(IO[str]):
    """Typed version of the return of open() in text mode."""

    __slots__ = ()


def cast(typ, val):
    """Tells type checkers what `val` is; gives it back unchanged."""
    return val


def assert_type(val, typ, /):
    """Asks type checkers to confirm a type; gives the value back unchanged."""
    return val


def reveal_type(obj, /):
    """Asks type checkers for the type; here the type of the value is written to stderr."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def assert_never(arg, /):
    """For code that type checkers know to be unreachable."""
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


def final(f):
    """Tells type checkers that a method or class must not be overridden."""
    _mark(f, "__final__")
    return f


def override(method, /):
    """Tells type checkers that a method overrides one of a base class."""
    _mark(method, "__override__")
    return method


def _mark(obj, name):
    try:
        setattr(obj, name, True)
    except (AttributeError, TypeError):
        pass


_overloads = {}


def overload(func):
    """One of several signatures of a function; its body never runs."""
    inner = getattr(func, "__func__", func)
    known = _overloads.setdefault((inner.__module__, inner.__qualname__), {})
    code = getattr(inner, "__code__", None)
    if code is not None:
        known[code.co_firstlineno] = func

    def _overload_dummy(*args, **kwds):
        """Helper for @overload to raise when called."""
        raise NotImplementedError(
            "You should not call an overloaded function. "
            "A series of @overload-decorated functions "
            "outside a stub module should always be followed "
            "by an implementation that is not @overload-ed."
        )

    return _overload_dummy


def get_overloads(func):
    """The signatures that @overload was given for a function."""
    inner = getattr(func, "__func__", func)
    return list(_overloads.get((inner.__module__, inner.__qualname__), {}).values())


def clear_overloads():
    """Forgets all overloads."""
    _overloads.clear()


def no_type_check(arg):
    """Says that annotations are no type hints."""
    _mark(arg, "__no_type_check__")
    return arg


def dataclass_transform(
    *,
    eq_default=True,
    order_default=False,
    kw_only_default=False,
    frozen_default=False,
    field_specifiers=(),
    **kwargs,
):
    """Tells type checkers that a decorator makes data classes."""

    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default,
            "order_default": order_default,
            "kw_only_default": kw_only_default,
            "frozen_default": frozen_default,
            "field_specifiers": field_specifiers,
            "kwargs": kwargs,
        }
        return cls_or_fn

    return decorator


def evaluate_forward_ref(forward_ref, **options):
    """What a forward reference means now."""
    return forward_ref.evaluate(**options)
