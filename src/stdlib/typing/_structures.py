"""Classes made by annotations: NamedTuple, TypedDict, Protocol, NewType."""

import sys
from abc import ABCMeta
from annotationlib import Format, get_annotations
from typing._forms import GenericAlias, NotRequired, ReadOnly, Required, checked
from typing._params import Generic


def _annotations_in(namespace):
    """The annotations in the namespace of a class that does not exist yet."""
    if "__annotations__" in namespace:
        return dict(namespace["__annotations__"])
    annotate = namespace.get("__annotate__") or namespace.get("__annotate_func__")
    if annotate is None:
        return {}
    holder = type("_", (), {})
    try:
        return dict(annotate(Format.VALUE))
    except NameError:
        holder.__annotate__ = annotate
        return get_annotations(holder, format=Format.FORWARDREF)


_PROHIBITED = (
    "__new__",
    "__init__",
    "__slots__",
    "__getnewargs__",
    "_fields",
    "_field_defaults",
    "_field_types",
    "_make",
    "_replace",
    "_asdict",
    "_source",
)
_SPECIAL = (
    "__module__",
    "__name__",
    "__annotations__",
    "__annotate__",
    "__annotate_func__",
    "__annotations_cache__",
)


def _named_tuple(name, types, module, defaults=()):
    from collections import namedtuple

    types = {field: checked(kind) for field, kind in types.items()}
    made = namedtuple(name, list(types), defaults=defaults, module=module)
    made.__annotations__ = types
    made.__new__.__annotations__ = types
    return made


def _origin(namespace):
    """Where a class was written, and with which bases."""
    names = ("__module__", "__qualname__", "__orig_bases__")
    return {name: namespace[name] for name in names if name in namespace}


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, namespace):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError(
                    "can only inherit from a NamedTuple type and Generic"
                )
        types = _annotations_in(namespace)
        defaults = []
        for field in types:
            if field in namespace:
                defaults.append(field)
            elif defaults:
                plural = "s" if len(defaults) > 1 else ""
                raise TypeError(
                    f"Non-default namedtuple field {field} cannot follow default "
                    f"field{plural} {', '.join(defaults)}"
                )
        made = _named_tuple(
            typename,
            types,
            namespace["__module__"],
            [namespace[field] for field in defaults],
        )
        if Generic in bases:
            made = type(typename, (made, Generic), {"__slots__": (), **_origin(namespace)})
        for key, value in namespace.items():
            if key in _PROHIBITED:
                raise AttributeError(f"Cannot overwrite NamedTuple attribute {key}")
            if key in _SPECIAL or key in made._fields or key == "__classcell__":
                continue
            setattr(made, key, value)
            set_name = getattr(type(value), "__set_name__", None)
            if set_name is not None:
                set_name(value, made, key)
        return made


def NamedTuple(typename, fields, /):
    """Typed version of namedtuple."""
    types = {name: kind for name, kind in fields}
    made = _named_tuple(typename, types, sys._getframe(0).f_globals.get("__name__"))
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {"__module__": "typing"})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)
NamedTuple.__module__ = "typing"


class _TypedDictMeta(type):
    def __new__(cls, name, bases, namespace, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError(
                    "cannot inherit from both a TypedDict type and a non-TypedDict base class"
                )
        real_bases = (dict, Generic) if any(issubclass(b, Generic) for b in bases) else (dict,)
        namespace.pop("__classcell__", None)
        own = {key: checked(kind) for key, kind in _annotations_in(namespace).items()}
        made = type.__new__(cls, name, real_bases, namespace)
        annotations, required, optional = {}, set(), set()
        readonly, mutable = set(), set()
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
            required |= getattr(base, "__required_keys__", set())
            optional |= getattr(base, "__optional_keys__", set())
            readonly |= getattr(base, "__readonly_keys__", set())
            mutable |= getattr(base, "__mutable_keys__", set())
        for key, kind in own.items():
            qualifiers = set(_qualifiers(kind))
            needed = total
            if Required in qualifiers:
                needed = True
            elif NotRequired in qualifiers:
                needed = False
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
            (readonly if ReadOnly in qualifiers else mutable).add(key)
        annotations.update(own)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__readonly_keys__ = frozenset(readonly)
        made.__mutable_keys__ = frozenset(mutable)
        made.__total__ = total
        return made

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def _qualifiers(kind):
    while isinstance(kind, GenericAlias):
        if kind.__origin__ in (Required, NotRequired, ReadOnly):
            yield kind.__origin__
        kind = kind.__args__[0] if kind.__args__ else None


def TypedDict(typename, fields, /, *, total=True):
    """A dict type with the types of its keys; at run time a plain dict."""
    namespace = {"__annotations__": dict(fields)}
    namespace["__module__"] = sys._getframe(0).f_globals.get("__name__")
    made = _TypedDictMeta(typename, (), namespace, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {"__module__": "typing"})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)
TypedDict.__module__ = "typing"


def is_typeddict(tp):
    """Is it a class made by TypedDict?"""
    return isinstance(tp, _TypedDictMeta) and tp is not _TypedDict


_NOT_MEMBERS = {
    "__abstractmethods__",
    "__annotate__",
    "__annotate_func__",
    "__annotations__",
    "__annotations_cache__",
    "__dict__",
    "__doc__",
    "__init__",
    "__module__",
    "__new__",
    "__slots__",
    "__subclasshook__",
    "__weakref__",
    "__class_getitem__",
    "__match_args__",
    "__static_attributes__",
    "__firstlineno__",
    "__non_callable_proto_members__",
    "__protocol_attrs__",
    "__parameters__",
    "__orig_bases__",
    "__orig_class__",
    "__type_params__",
    "_is_protocol",
    "_is_runtime_protocol",
    "_abc_impl",
    "__init_subclass__",
    "__qualname__",
}


def _members_of(cls):
    """What a class needs to follow a protocol."""
    found = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic"):
            continue
        names = set(base.__dict__) | set(get_annotations(base, format=Format.FORWARDREF))
        found |= {n for n in names if n not in _NOT_MEMBERS and not n.startswith("_abc_")}
    return found


def _no_init(self, *args, **kwargs):
    if type(self)._is_protocol:
        raise TypeError("Protocols cannot be instantiated")


class _ProtocolMeta(ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if name != "Protocol" and any(b.__name__ == "Protocol" and b.__module__ == "typing" for b in bases):
            for base in bases:
                fits = base.__module__ in ("typing", "builtins", "collections.abc")
                if base is not object and base is not Generic and not fits and not getattr(base, "_is_protocol", False):
                    raise TypeError(
                        f"Protocols can only inherit from other protocols, got {base!r}"
                    )
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __init__(cls, *args, **kwargs):
        if getattr(cls, "_is_protocol", False):
            cls.__protocol_attrs__ = _members_of(cls)

    def __subclasscheck__(cls, other):
        if cls.__name__ == "Protocol" and cls.__module__ == "typing":
            return type.__subclasscheck__(cls, other)
        if getattr(cls, "_is_protocol", False):
            if not isinstance(other, type):
                raise TypeError("issubclass() arg 1 must be a class")
            _check_runtime(cls)
            data = sorted(n for n in cls.__protocol_attrs__ if not callable(getattr(cls, n, None)))
            if data:
                raise TypeError(
                    "Protocols with non-method members don't support issubclass(). "
                    f"Non-method members: {str(data)[1:-1]}."
                )
            if all(_class_has(other, name) for name in cls.__protocol_attrs__):
                return True
        return super().__subclasscheck__(other)

    def __instancecheck__(cls, instance):
        if not getattr(cls, "_is_protocol", False):
            return super().__instancecheck__(instance)
        _check_runtime(cls)
        if type.__instancecheck__(cls, instance):
            return True
        missing = object()
        for name in cls.__protocol_attrs__:
            found = getattr(instance, name, missing)
            if found is missing or found is None and callable(getattr(cls, name, None)):
                return False
        return True


def _class_has(cls, name):
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name] is not None
    return False


def _check_runtime(cls):
    if not getattr(cls, "_is_runtime_protocol", False):
        raise TypeError(
            "Instance and class checks can only be used with @runtime_checkable protocols"
        )


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes: what has the same members follows the protocol."""

    __module__ = "typing"
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


def runtime_checkable(cls):
    """Allows isinstance() and issubclass() with a protocol; they look at names only."""
    if not getattr(cls, "_is_protocol", False):
        raise TypeError(
            "@runtime_checkable can be only applied to protocol classes, "
            f"got {cls!r}"
        )
    cls._is_runtime_protocol = True
    return cls


def is_protocol(tp, /):
    """Is it a protocol class?"""
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp is not Protocol


def get_protocol_members(tp, /):
    """The names that a protocol asks for."""
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(tp.__protocol_attrs__)


class NewType:
    """A name for a type that checkers treat as a type of its own; calling it changes nothing."""

    __module__ = "typing"

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        self.__module__ = sys._getframe(0).f_globals.get("__name__")

    def __call__(self, value, /):
        return value

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __mro_entries__(self, bases):
        supertype = self.__name__

        class Refusing:
            def __init_subclass__(cls):
                name = cls.__name__
                raise TypeError(
                    "Cannot subclass an instance of NewType. Perhaps you were looking for: "
                    f"`{name} = NewType({name!r}, {supertype})`"
                )

        return (Refusing,)

    def __or__(self, other):
        from typing import Union

        return Union[self, other]

    def __ror__(self, other):
        from typing import Union

        return Union[other, self]
