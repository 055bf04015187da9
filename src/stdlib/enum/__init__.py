"""Enumerations: Enum, IntEnum, StrEnum, and decorators that check them; flags are in `enum.flags`."""

from enum.metaclass import (
    EnumDict,
    EnumMeta,
    EnumType,
    auto,
    member,
    nonmember,
    property,
)
from enum import metaclass as _metaclass
import sys

__all__ = [
    "EnumType",
    "EnumMeta",
    "EnumDict",
    "Enum",
    "IntEnum",
    "StrEnum",
    "Flag",
    "IntFlag",
    "ReprEnum",
    "auto",
    "unique",
    "property",
    "verify",
    "member",
    "nonmember",
    "FlagBoundary",
    "STRICT",
    "CONFORM",
    "EJECT",
    "KEEP",
    "global_flag_repr",
    "global_enum_repr",
    "global_str",
    "global_enum",
    "EnumCheck",
    "CONTINUOUS",
    "NAMED_FLAGS",
    "UNIQUE",
    "pickle_by_global_name",
    "pickle_by_enum_name",
]


class Enum(metaclass=EnumType):
    """A set of names bound to constant values."""

    @property
    def name(self):
        """The name of the Enum member."""
        return self._name_

    @property
    def value(self):
        """The value of the Enum member."""
        return self._value_

    def __new__(cls, value):
        return _metaclass.look_up(cls, value)

    def __init__(self, *args, **kwds):
        pass

    def _add_alias_(self, name):
        self.__class__._add_member_(name, self)

    def _add_value_alias_(self, value):
        cls = self.__class__
        known = cls._value2member_map_.get(value)
        if known is not None and known is not self:
            raise ValueError(f"{value!r} is already bound: {known!r}")
        cls._value2member_map_[value] = self

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): one more than the largest so far."""
        if not last_values:
            return start
        try:
            last_value = sorted(last_values).pop()
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None
        try:
            return last_value + 1
        except TypeError:
            raise TypeError(f"unable to increment {last_value!r}") from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        """Public methods and other interesting attributes."""
        names = {"__class__", "__doc__", "__eq__", "__hash__", "__module__"}
        if self.__class__._member_type_ is not object:
            names.update(object.__dir__(self))
        names.update(name for name in self.__dict__ if name[0] != "_")
        for cls in self.__class__.mro():
            for name, found in cls.__dict__.items():
                if name[0] == "_":
                    continue
                if isinstance(found, property):
                    if found.fget is not None or name not in self._member_map_:
                        names.add(name)
                elif name not in self._member_map_:
                    names.add(name)
        return sorted(names | {"name", "value"})

    def __format__(self, format_spec):
        return str(self).__format__(format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self


class ReprEnum(Enum):
    """Only changes the repr(), leaving str() and format() to the mixed-in type."""


class IntEnum(int, ReprEnum):
    """Enum where members are also (and must be) ints."""


class StrEnum(str, ReprEnum):
    """Enum where members are also (and must be) strings."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        for name, value in zip(("encoding", "errors"), values[1:]):
            if not isinstance(value, str):
                raise TypeError(f"{name} must be a string, not {value!r}")
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): the name in small letters."""
        return name.lower()


from enum.flags import (
    CONFORM,
    EJECT,
    KEEP,
    STRICT,
    Flag,
    FlagBoundary,
    IntFlag,
    bin,
    show_flag_values,
)


def unique(enumeration):
    """Refuses an enumeration in which two names have the same value."""
    duplicates = [
        (alias, found.name)
        for alias, found in enumeration.__members__.items()
        if alias != found.name
    ]
    if duplicates:
        details = ", ".join(f"{alias} -> {name}" for alias, name in duplicates)
        raise ValueError(f"duplicate values found in {enumeration!r}: {details}")
    return enumeration


class EnumCheck(StrEnum):
    """What @verify can check."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Refuses an enumeration that does not keep the given rules."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                _check_unique(enumeration)
            elif check is CONTINUOUS:
                _check_continuous(enumeration)
            elif check is NAMED_FLAGS:
                _check_named(enumeration)
        return enumeration


def _check_unique(enumeration):
    duplicates = [
        (alias, found.name)
        for alias, found in enumeration.__members__.items()
        if alias != found.name
    ]
    if duplicates:
        details = ", ".join(f"{alias} -> {name}" for alias, name in duplicates)
        raise ValueError(f"aliases found in {enumeration!r}: {details}")


def _check_continuous(enumeration):
    values = {found.value for found in enumeration}
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    if issubclass(enumeration, Flag):
        kind = "flag"
        wanted = [2**bit for bit in range(low.bit_length(), high.bit_length())]
    elif issubclass(enumeration, Enum):
        kind = "enum"
        wanted = range(low + 1, high)
    else:
        raise TypeError("the 'verify' decorator only works with Enum and Flag")
    missing = [value for value in wanted if value not in values]
    if missing:
        text = f"invalid {kind} {enumeration.__name__!r}: missing values "
        raise ValueError((text + ", ".join(map(str, missing)))[:256])


def _check_named(enumeration):
    from enum.flags import bits_of

    values = {found._value_ for found in enumeration}
    names, missing = [], 0
    for name, alias in enumeration._member_map_.items():
        if name in enumeration._member_names_ or alias.value < 0:
            continue
        lacking = [bit for bit in bits_of(alias.value) if bit not in values]
        if lacking:
            names.append(name)
            missing |= sum(lacking)
    if not names:
        return
    values = [f"{bit:x}" for bit in bits_of(missing)]
    aliases = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    plural = len(names) > 1
    raise ValueError(
        f"invalid Flag {enumeration.__name__!r}: "
        + (f"aliases {aliases} are missing " if plural else f"alias {aliases} is missing ")
        + f"combined values of 0x{missing:x} [use enum.show_flag_values(value) for details]"
    )


def global_enum_repr(self):
    """The repr of a member of a global enumeration: module.NAME."""
    module = self.__class__.__module__.split(".")[-1]
    return f"{module}.{self._name_}"


def global_flag_repr(self):
    """The repr of a global flag: module.NAME|module.NAME."""
    module = self.__class__.__module__.split(".")[-1]
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_})"
    if self.__class__._boundary_ is not FlagBoundary.KEEP:
        return "|".join(f"{module}.{name}" for name in self.name.split("|"))
    parts = self._name_.split("|")
    return "|".join(p if p[0].isdigit() else f"{module}.{p}" for p in parts)


def global_str(self):
    """The str of a member of a global enumeration: its name alone."""
    if self._name_ is None:
        return f"{self.__class__.__name__}({self._value_!r})"
    return self._name_


def global_enum(cls, update_str=False):
    """Shows the members as attributes of their module, and makes them that."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def pickle_by_global_name(self, proto):
    """For classes whose members are global names: pickle by that name."""
    return self.name


def pickle_by_enum_name(self, proto):
    """Pickle by the name of the member instead of its value."""
    return getattr, (self.__class__, self._name_)



def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Class decorator that makes an enumeration of a normal class."""

    def convert(cls):
        namespace = etype.__class__.__prepare__(cls.__name__, (etype,))
        skipped = ("__dict__", "__weakref__")
        for name, value in cls.__dict__.items():
            if name not in skipped:
                namespace[name] = value
        options = {} if boundary is None else {"boundary": boundary}
        return type(etype)(cls.__name__, (etype,), namespace, **options)

    return convert
