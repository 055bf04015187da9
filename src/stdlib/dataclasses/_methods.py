"""The methods of data classes, written as source text so that their calls fail as CPython's do."""

from dataclasses._fields import MISSING, FrozenInstanceError, plain_fields
from reprlib import recursive_repr

_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def add_methods(cls, found, params, own):
    """Adds to the class what the options ask for."""
    has_hash = cls.__dict__.get("__hash__", MISSING)
    explicit_hash = not (
        has_hash is MISSING or has_hash is None and "__eq__" in cls.__dict__
    )
    real = plain_fields(found)
    if params.init:
        _set_new(cls, "__init__", _init(cls, found, params.frozen))
    if "__replace__" not in cls.__dict__:
        from dataclasses import _replace

        cls.__replace__ = _replace
    if params.repr:
        names = [item.name for item in real if item.repr]
        _set_new(cls, "__repr__", recursive_repr()(_repr(cls, names)))
    if params.eq:
        compared = [item.name for item in real if item.compare]
        _set_new(cls, "__eq__", _eq(cls, compared))
    if params.order:
        compared = [item.name for item in real if item.compare]
        for name, sign in _ORDER.items():
            if not _set_new(cls, name, _ordering(cls, name, sign, compared)):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__} "
                    "Consider using functools.total_ordering"
                )
    if params.frozen:
        names = [item.name for item in real]
        for name, method in _freezers(cls, names):
            if not _set_new(cls, name, method):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}"
                )
    _settle_hash(cls, real, params, explicit_hash)
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__ + _signature(found)
    if params.match_args:
        named = [i.name for i in _init_order(found)[0]]
        _set_new(cls, "__match_args__", tuple(named))


def _set_new(cls, name, value):
    """Sets an attribute unless the class defines it itself."""
    if name in cls.__dict__:
        return False
    setattr(cls, name, value)
    return True


def _init_order(found):
    """The parameters of __init__: (those by position, those by keyword only)."""
    items = [i for i in found.values() if i.init and i._field_type != "class"]
    return [i for i in items if not i.kw_only], [i for i in items if i.kw_only]


def _make(cls, name, parameters, body, names=None):
    """A function from source text, which can use the values in `names`."""
    lines = "".join(f"  {line}\n" for line in body)
    namespace = {}
    outer = dict(names or {})
    text = (
        f"def __create_fn__({', '.join(outer)}):\n"
        f" def {name}({', '.join(parameters)}):\n{lines} return {name}"
    )
    exec(text, namespace)
    function = namespace["__create_fn__"](**outer)
    function.__qualname__ = f"{cls.__qualname__}.{name}"
    function.__module__ = cls.__module__
    return function


def _init(cls, found, frozen):
    positional, keyword = _init_order(found)
    previous = None
    for item in positional:
        if item.default is MISSING and item.default_factory is MISSING:
            if previous is not None:
                raise TypeError(
                    f"non-default argument {item.name!r} follows default argument "
                    f"{previous!r}"
                )
        else:
            previous = item.name
    itself = "__dataclass_self__" if "self" in found else "self"
    names = {
        "__dataclass_HAS_DEFAULT_FACTORY__": _FACTORY,
        "__dataclass_builtins_object__": object,
    }
    parameters = [itself] + [_parameter(item) for item in positional]
    if keyword:
        parameters += ["*"] + [_parameter(item) for item in keyword]
    body = []
    for item in found.values():
        if item._field_type == "class":
            continue
        if item.default is not MISSING:
            names[f"__dataclass_dflt_{item.name}__"] = item.default
        if item.default_factory is not MISSING:
            names[f"__dataclass_dflt_{item.name}__"] = item.default_factory
        if item._field_type == "field":
            body += _assignment(item, itself, frozen)
    if hasattr(cls, "__post_init__"):
        extra = [i.name for i in found.values() if i._field_type == "init"]
        body.append(f"{itself}.__post_init__({', '.join(extra)})")
    function = _make(cls, "__init__", parameters, body or ["pass"], names)
    annotations = {item.name: item.type for item in positional + keyword}
    annotations["return"] = None
    function.__annotations__ = annotations
    return function


class _FactoryMark:
    def __repr__(self):
        return "<factory>"


# The default of parameters whose value a factory makes.
_FACTORY = _FactoryMark()


def _parameter(item):
    if item.default is not MISSING:
        return f"{item.name}=__dataclass_dflt_{item.name}__"
    if item.default_factory is not MISSING:
        return f"{item.name}=__dataclass_HAS_DEFAULT_FACTORY__"
    return item.name


def _assignment(item, itself, frozen):
    default = f"__dataclass_dflt_{item.name}__"
    if item.default_factory is not MISSING:
        value = f"{default}()"
        if item.init:
            given = f"{item.name} is not __dataclass_HAS_DEFAULT_FACTORY__"
            value = f"{item.name} if {given} else {value}"
    elif item.init:
        value = item.name
    elif item.default is not MISSING and frozen:
        value = default
    else:
        return []
    if frozen:
        target = f"__dataclass_builtins_object__.__setattr__({itself}, {item.name!r}, "
        return [f"{target}{value})"]
    return [f"{itself}.{item.name} = {value}"]


def _repr(cls, names):
    shown = ", ".join(f"{name}={{self.{name}!r}}" for name in names)
    body = [f"return f\"{{self.__class__.__qualname__}}({shown})\""]
    return _make(cls, "__repr__", ["self"], body)


def _eq(cls, names):
    terms = " and ".join(f"self.{name}==other.{name}" for name in names) or "True"
    body = [
        "if self is other:",
        " return True",
        "if other.__class__ is self.__class__:",
        f" return {terms}",
        "return NotImplemented",
    ]
    return _make(cls, "__eq__", ["self", "other"], body)


def _ordering(cls, name, sign, names):
    left = "".join(f"self.{name}," for name in names)
    right = "".join(f"other.{name}," for name in names)
    body = [
        "if other.__class__ is self.__class__:",
        f" return ({left}){sign}({right})",
        "return NotImplemented",
    ]
    return _make(cls, name, ["self", "other"], body)


def _freezers(cls, names):
    known = {"cls": cls, "FrozenInstanceError": FrozenInstanceError}
    test = "type(self) is cls"
    if names:
        test += f" or name in {set(names)!r}"
    for verb, name, parameters in (
        ("assign to", "__setattr__", ["self", "name", "value"]),
        ("delete", "__delattr__", ["self", "name"]),
    ):
        body = [
            f"if {test}:",
            f" raise FrozenInstanceError(f\"cannot {verb} field {{name!r}}\")",
            f"super(cls, self).{name}({', '.join(parameters[1:])})",
        ]
        yield name, _make(cls, name, parameters, body, known)


def _settle_hash(cls, real, params, explicit):
    if params.unsafe_hash:
        if explicit:
            raise TypeError(
                f"Cannot overwrite attribute __hash__ in class {cls.__name__}"
            )
    elif explicit or not params.eq:
        return
    elif not params.frozen:
        cls.__hash__ = None
        return
    names = [i.name for i in real if (i.compare if i.hash is None else i.hash)]
    values = "".join(f"self.{name}," for name in names)
    cls.__hash__ = _make(cls, "__hash__", ["self"], [f"return hash(({values}))"])


def _signature(found):
    """The parameters of __init__ as help texts show them."""
    from annotationlib import type_repr

    positional, keyword = _init_order(found)
    parts = []
    for item in positional + keyword:
        if keyword and item is keyword[0]:
            parts.append("*")
        kind = item.type if not isinstance(item.type, str) else repr(item.type)
        text = f"{item.name}: {kind if isinstance(kind, str) else type_repr(kind).replace('typing.', '')}"
        if item.default is not MISSING:
            text += f" = {item.default!r}"
        elif item.default_factory is not MISSING:
            text += " = <factory>"
        parts.append(text)
    return f"({', '.join(parts)})"
