"""Flags: enumerations whose members combine with `|`, `&`, `^` and `~`."""

from enum import Enum, ReprEnum, StrEnum, auto, metaclass

_or, _and, _xor = (lambda a, b: a | b), (lambda a, b: a & b), (lambda a, b: a ^ b)


def bits_of(number):
    """The powers of two in a number, smallest first."""
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest


def bin(number, max_bits=None):
    """A number in binary with its sign bit in front: `0b0 1010`."""
    ceiling = 2 ** number.bit_length()
    if number >= 0:
        text = format(number + ceiling, "b").replace("1", "0", 1)
    else:
        text = format(~number ^ (ceiling - 1) + ceiling, "b")
    sign, digits = text[:1], text[1:]
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign * max_bits + digits)[-max_bits:]
    return f"0b{sign} {digits}"


def show_flag_values(value):
    """The single bits of a combination."""
    return list(bits_of(int(value)))


class FlagBoundary(StrEnum):
    """What happens with bits that no member has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


FlagBoundary.__module__ = "enum"
STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def prepare_flag(namespace, boundary, first_enum):
    """Puts into the namespace of a new class what flags keep count with."""
    namespace["_boundary_"] = boundary or getattr(first_enum, "_boundary_", None)
    namespace["_flag_mask_"] = 0
    namespace["_singles_mask_"] = 0
    namespace["_all_bits_"] = 0
    namespace["_inverted_"] = None


def note_flag(cls, made):
    """Counts a new member in; gives the member that has the same value already."""
    value = made._value_
    if not isinstance(value, int):
        if cls._member_type_ is object:
            raise TypeError(f"invalid Flag value: {value!r}")
        return cls._value2member_map_.get(value)
    if value >= 0:
        type.__setattr__(cls, "_flag_mask_", cls._flag_mask_ | value)
    if _is_single_bit(value):
        type.__setattr__(cls, "_singles_mask_", cls._singles_mask_ | value)
    type.__setattr__(cls, "_all_bits_", 2 ** cls._flag_mask_.bit_length() - 1)
    known = cls._value2member_map_.get(value)
    if known is None and _is_single_bit(value):
        cls._member_names_.append(made._name_)
    return known


def _is_single_bit(value):
    return value > 0 and value & (value - 1) == 0


def settle_flag(cls, namespace):
    """What is left to do when all members are known."""
    values = [cls._member_map_[name]._value_ for name in cls._member_names_]
    if values != sorted(values):
        cls._iter_member_ = cls._iter_member_by_def_
    for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
        if name not in namespace and "Flag" in metaclass._bases:
            method = metaclass._bases["Flag"].__dict__.get(name)
            if method is not None and cls.__dict__.get(name) is not method:
                type.__setattr__(cls, name, method)


class Flag(Enum, boundary=STRICT):
    """Support for flags."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): the next power of two."""
        if not count:
            return 1 if start is None else start
        last_value = max(last_values)
        try:
            return 2 ** last_value.bit_length()
        except Exception:
            raise TypeError(f"invalid flag value {last_value!r}") from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in bits_of(value & cls._flag_mask_):
            yield cls._value2member_map_.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        members = list(cls._iter_member_by_value_(value))
        members.sort(key=lambda found: found._sort_order_)
        yield from members

    @classmethod
    def _missing_(cls, value):
        """The combination with that value, made when it is first asked for."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask = cls._flag_mask_
        every = cls._all_bits_
        strange = not ~every <= value <= every or value & (every ^ mask)
        if strange:
            if cls._boundary_ is STRICT:
                raise _strict_error(cls, value)
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return int(value)
            elif value < 0:
                value = max(every + 1, 2 ** value.bit_length()) + value
        if value < 0:
            if cls._boundary_ in (EJECT, KEEP):
                value = every + 1 + value
            else:
                value = mask & value if not strange else cls._singles_mask_ & value
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        return _combination(cls, value, value & ~mask)

    def __contains__(self, other):
        """Does this combination have all the flags of another?"""
        if not isinstance(other, self.__class__):
            raise TypeError(
                "unsupported operand type(s) for 'in': "
                f"{type(other).__qualname__!r} and {self.__class__.__qualname__!r}"
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        """The single flags."""
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        name = self.__class__.__name__
        show = self.__class__._value_repr_ or repr
        if self._name_ is None:
            return f"<{name}: {show(self._value_)}>"
        return f"<{name}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        name = self.__class__.__name__
        if self._name_ is None:
            return f"{name}({self._value_!r})"
        return f"{name}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _get_value(self, flag):
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def _combine(self, other, operation):
        value = self._get_value(other)
        if value is NotImplemented:
            return NotImplemented
        for flag in (self, other):
            if self._get_value(flag) is None:
                raise TypeError(f"'{flag}' cannot be combined with other flags")
        return self.__class__(operation(self._value_, value))

    def __or__(self, other):
        return self._combine(other, _or)

    def __and__(self, other):
        return self._combine(other, _and)

    def __xor__(self, other):
        return self._combine(other, _xor)

    def __invert__(self):
        if self._inverted_ is None:
            if self._boundary_ in (EJECT, KEEP):
                self._inverted_ = self.__class__(~self._value_)
            else:
                self._inverted_ = self.__class__(self._singles_mask_ & ~self._value_)
        return self._inverted_

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__


def _strict_error(cls, value):
    most = max(value.bit_length(), cls._flag_mask_.bit_length())
    return ValueError(
        f"{cls!r} invalid value {value!r}\n"
        f"    given {bin(value, most)}\n"
        f"  allowed {bin(cls._flag_mask_, most)}"
    )


def _combination(cls, value, unknown):
    kind = cls._member_type_
    made = object.__new__(cls) if kind is object else kind.__new__(cls, value)
    made._value_ = value
    members = [found for found in cls._iter_member_(value) if found is not None]
    covered = 0
    for found in members:
        covered |= found._value_
    unknown = value ^ covered
    if members:
        made._name_ = "|".join(found._name_ for found in members)
        if unknown and cls._boundary_ is KEEP:
            made._name_ += f"|{cls._numeric_repr_(unknown)}"
    else:
        made._name_ = None
    return cls._value2member_map_.setdefault(value, made)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Support for integer-based Flags."""


Flag.__module__ = IntFlag.__module__ = "enum"
