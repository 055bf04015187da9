"""The fields of data classes: what annotations and `field()` say about each."""

import sys
from types import GenericAlias, MappingProxyType


class FrozenInstanceError(AttributeError):
    """Raised when a field of a frozen data class is assigned or deleted."""


class _Missing:
    def __repr__(self):
        return f"<dataclasses._MISSING_TYPE object at {id(self):#x}>"


class _KeywordOnly:
    def __repr__(self):
        return f"<dataclasses._KW_ONLY_TYPE object at {id(self):#x}>"


MISSING = _Missing()
KW_ONLY = _KeywordOnly()


class InitVar:
    """The type of a pseudo-field that is only passed to `__init__` and `__post_init__`."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        named = isinstance(self.type, type) and not isinstance(self.type, GenericAlias)
        return f"dataclasses.InitVar[{self.type.__name__ if named else repr(self.type)}]"


class Field:
    """One field of a data class; made by field()."""

    __slots__ = (
        "name",
        "type",
        "default",
        "default_factory",
        "init",
        "repr",
        "hash",
        "compare",
        "metadata",
        "kw_only",
        "doc",
        "_field_type",
    )
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(
        self, default, default_factory, init, repr, hash, compare, metadata, kw_only, doc
    ):
        self.name = self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = MappingProxyType({} if metadata is None else metadata)
        self.kw_only = kw_only
        self.doc = doc
        self._field_type = None

    def __repr__(self):
        shown = [f"{name}={getattr(self, name)!r}" for name in self.__slots__[:-1]]
        kind = {None: None, "field": "_FIELD", "class": "_FIELD_CLASSVAR"}
        shown.append(f"_field_type={kind.get(self._field_type, '_FIELD_INITVAR')}")
        return f"Field({','.join(shown)})"

    def __set_name__(self, owner, name):
        method = getattr(type(self.default), "__set_name__", None)
        if method:
            method(self.default, owner, name)


for _class in (FrozenInstanceError, InitVar, Field):
    _class.__module__ = "dataclasses"


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
    doc=None,
):
    """Options of one field, written as its default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(
        default, default_factory, init, repr, hash, compare, metadata, kw_only, doc
    )


def plain_fields(found):
    """The real fields, without class variables and init-only ones."""
    return [item for item in found.values() if item._field_type == "field"]


def annotations_of(cls):
    """The annotations of the class itself; forward references stay unresolved."""
    try:
        return cls.__annotations__ or {}
    except NameError:
        import annotationlib

        return annotationlib.get_annotations(
            cls, format=annotationlib.Format.FORWARDREF
        )


def collect_fields(cls, kw_only):
    """The fields that the class itself declares, in their order."""
    result = []
    seen_marker = False
    for name, kind in annotations_of(cls).items():
        if _is_marker(kind):
            if seen_marker:
                raise TypeError(
                    f"{name!r} is KW_ONLY, but KW_ONLY has already been specified"
                )
            seen_marker = kw_only = True
        else:
            result.append(_make_field(cls, name, kind, kw_only))
    return result


def _make_field(cls, name, kind, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        item = default
    else:
        if type(default).__name__ == "member_descriptor":
            default = MISSING
        item = field(default=default)
    item.name, item.type = name, kind
    item._field_type = "field"
    if _is_class_var(kind):
        item._field_type = "class"
    elif is_init_var(kind):
        item._field_type = "init"
    if item._field_type != "field" and item.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if item._field_type == "class":
        if item.kw_only is not MISSING:
            raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    elif item.kw_only is MISSING:
        item.kw_only = kw_only
    if item._field_type == "field" and item.default.__class__.__hash__ is None:
        raise ValueError(
            f"mutable default {type(item.default)} for field {name} is not allowed: "
            "use default_factory"
        )
    return item


def _is_class_var(kind):
    if isinstance(kind, str):
        return _named(kind, "ClassVar", "typing")
    typing = sys.modules.get("typing")
    return typing is not None and (
        kind is typing.ClassVar or getattr(kind, "__origin__", None) is typing.ClassVar
    )


def is_init_var(kind):
    """Is it the type of an init-only pseudo-field?"""
    if isinstance(kind, str):
        return _named(kind, "InitVar", "dataclasses")
    return kind is InitVar or type(kind) is InitVar


def _is_marker(kind):
    if isinstance(kind, str):
        return _named(kind, "KW_ONLY", "dataclasses")
    return kind is KW_ONLY


def _named(text, name, module):
    """Does an annotation written as a string begin with this name?"""
    head = text.partition("[")[0].strip()
    return head == name or head.partition(".")[2] == name and "." in head
