"""Data classes: `@dataclass` writes `__init__`, `__repr__`, `__eq__` and more from annotations."""

import sys
from dataclasses._fields import (
    KW_ONLY,
    MISSING,
    Field,
    FrozenInstanceError,
    InitVar,
    collect_fields,
    field,
    is_init_var,
    plain_fields,
)
from dataclasses._methods import add_methods

__all__ = [
    "dataclass",
    "field",
    "Field",
    "FrozenInstanceError",
    "InitVar",
    "KW_ONLY",
    "MISSING",
    "fields",
    "asdict",
    "astuple",
    "make_dataclass",
    "replace",
    "is_dataclass",
]

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_ATOMIC = (int, float, complex, bool, str, bytes, type(None), type, range, type(...))


class _DataclassParams:
    """The options that a data class was made with."""

    __slots__ = (
        "init",
        "repr",
        "eq",
        "order",
        "unsafe_hash",
        "frozen",
        "match_args",
        "kw_only",
        "slots",
        "weakref_slot",
    )

    def __init__(self, **options):
        for name, value in options.items():
            setattr(self, name, value)

    def __repr__(self):
        options = ",".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"_DataclassParams({options})"


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    """Adds the methods of a data class; used with or without options."""
    params = _DataclassParams(
        init=init,
        repr=repr,
        eq=eq,
        order=order,
        unsafe_hash=unsafe_hash,
        frozen=frozen,
        match_args=match_args,
        kw_only=kw_only,
        slots=slots,
        weakref_slot=weakref_slot,
    )
    if cls is None:
        return lambda cls: _process_class(cls, params)
    return _process_class(cls, params)


def _process_class(cls, params):
    found = {}
    frozen_bases = []
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, _FIELDS, None)
        if inherited is None:
            continue
        found.update(inherited)
        if base is not cls:
            frozen_bases.append(getattr(base, _PARAMS).frozen)
    own = collect_fields(cls, params.kw_only)
    for item in own:
        found[item.name] = item
        _settle_default(cls, item)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in found:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if frozen_bases:
        if any(frozen_bases) and not params.frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not all(frozen_bases) and params.frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, found)
    setattr(cls, _PARAMS, params)
    if params.order and not params.eq:
        raise ValueError("eq must be true if order is true")
    add_methods(cls, found, params, own)
    if params.weakref_slot and not params.slots:
        raise TypeError("weakref_slot is True but slots is False")
    if params.slots:
        cls = _with_slots(cls, params, own)
    import abc

    abc.update_abstractmethods(cls)
    return cls


def _settle_default(cls, item):
    """The class attribute becomes the default itself, or goes away."""
    if isinstance(getattr(cls, item.name, None), Field):
        if item.default is MISSING:
            delattr(cls, item.name)
        else:
            setattr(cls, item.name, item.default)


def _with_slots(cls, params, own):
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    namespace = dict(cls.__dict__)
    names = [item.name for item in plain_fields(cls.__dataclass_fields__)]
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update([slots] if isinstance(slots, str) else slots)
    slots = [name for name in names if name not in inherited]
    if params.weakref_slot and "__weakref__" not in inherited:
        slots.append("__weakref__")
    docs = {item.name: item.doc for item in own if item.doc is not None}
    if docs:
        slots = {name: docs.get(name) for name in slots}
    namespace["__slots__"] = slots if docs else tuple(slots)
    for name in names:
        namespace.pop(name, None)
    for name in ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    if params.frozen:
        for name, method in (
            ("__getstate__", _get_state),
            ("__setstate__", _set_state),
        ):
            if name not in cls.__dict__:
                setattr(made, name, method)
    _rebind_class_cell(cls, made)
    return made


def _rebind_class_cell(old, new):
    """Methods that use super() have to find the new class."""
    for member in new.__dict__.values():
        function = getattr(member, "__func__", member)
        function = getattr(function, "fget", function)
        for cell in getattr(function, "__closure__", None) or ():
            try:
                if cell.cell_contents is old:
                    cell.cell_contents = new
                    return
            except ValueError:
                pass


def _get_state(self):
    return [getattr(self, item.name) for item in fields(self)]


def _set_state(self, state):
    for item, value in zip(fields(self), state):
        object.__setattr__(self, item.name, value)


def fields(class_or_instance):
    """The fields of a data class or of an instance, as a tuple of Field objects."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(plain_fields(found))


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Is it a data class, or an instance of one?"""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict, with data classes inside turned into dicts as well."""
    if not _is_dataclass_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _converted(
        obj,
        lambda names, values: dict_factory(list(zip(names, values))),
        lambda pairs: dict_factory(pairs),
    )


def astuple(obj, *, tuple_factory=tuple):
    """The fields as a tuple, with data classes inside turned into tuples as well."""
    if not _is_dataclass_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _converted(obj, lambda names, values: tuple_factory(values), None)


def _converted(obj, make, make_dict):
    kind = type(obj)
    if kind in _ATOMIC:
        return obj
    if hasattr(kind, _FIELDS):
        names = [item.name for item in fields(obj)]
        return make(names, [_converted(getattr(obj, n), make, make_dict) for n in names])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return kind(*[_converted(item, make, make_dict) for item in obj])
    if isinstance(obj, (list, tuple)):
        return kind([_converted(item, make, make_dict) for item in obj])
    if isinstance(obj, dict):
        pairs = [
            (_converted(k, make, make_dict), _converted(v, make, make_dict))
            for k, v in obj.items()
        ]
        if hasattr(kind, "default_factory"):
            made = kind(obj.default_factory)
            for key, value in pairs:
                made[key] = value
            return made
        return kind(pairs)
    import copy

    return copy.deepcopy(obj)


def make_dataclass(
    cls_name,
    fields,
    *,
    bases=(),
    namespace=None,
    module=None,
    decorator=dataclass,
    **options,
):
    """A new data class from a list of names, (name, type) or (name, type, field)."""
    import keyword
    import types

    namespace = {} if namespace is None else namespace
    annotations, defaults = {}, {}
    for item in fields:
        if isinstance(item, str):
            from typing import Any

            name, kind = item, Any
        elif len(item) == 2:
            name, kind = item
        elif len(item) == 3:
            name, kind, defaults[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if keyword.iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = kind

    def fill(body):
        body.update(namespace)
        body.update(defaults)
        body["__annotations__"] = annotations

    cls = types.new_class(cls_name, bases, {}, fill)
    if module is None:
        module = sys._getframe(1).f_globals.get("__name__", "__main__")
    cls.__module__ = module
    return decorator(cls, **options)


def replace(obj, /, **changes):
    """A new object of the same class with some fields changed."""
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for item in getattr(self, _FIELDS).values():
        if item._field_type == "class":
            continue
        if not item.init:
            if item.name in changes:
                raise TypeError(
                    f"field {item.name} is declared with init=False, "
                    "it cannot be specified with replace()"
                )
            continue
        if item.name not in changes:
            if item._field_type == "init" and item.default is MISSING:
                raise TypeError(
                    f"InitVar {item.name!r} must be specified with replace()"
                )
            changes[item.name] = getattr(self, item.name)
    return self.__class__(**changes)
