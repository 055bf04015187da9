"""The class Decimal: construction, text, comparison and conversion. Its arithmetic lies in `_arithmetic`."""

import math
import numbers
import re
import sys
from collections import namedtuple

from _loopscope import c_type

from _decimal import _arithmetic, _format
from _decimal._context import current, getcontext
from _decimal._signals import *
from _decimal._signals import ConversionSyntax, divided

_NUMBER = re.compile(
    r"([-+])?(?:(\d+)(?:\.(\d*))?(?:E([-+]?\d+))?|\.(\d+)(?:E([-+]?\d+))?|(Inf(?:inity)?)|(s)?NaN(\d*))",
    re.IGNORECASE,
)
_MODULUS = sys.hash_info.modulus


@c_type
class Decimal(_arithmetic.Arithmetic):
    """An exact decimal number: sign, coefficient, exponent; or an infinity, or not a number.

    `_special` is "" for finite numbers, and "Infinity", "NaN" or "sNaN" for the others.
    """

    __module__ = "decimal"
    __slots__ = ("_sign", "_coefficient", "_exponent", "_special")

    def __new__(cls, value="0", context=None):
        if isinstance(value, str):
            return _from_text(cls, value, current(context))
        if isinstance(value, int):
            return make(int(value < 0), abs(int(value)), 0, cls=cls)
        if isinstance(value, Decimal):
            return make(value._sign, value._coefficient, value._exponent, value._special, cls)
        if isinstance(value, float):
            current(context).signal(FloatOperation)
            return cls.from_float(value)
        if isinstance(value, (tuple, list)):
            return _from_tuple(cls, value)
        kind = type(value).__name__
        raise TypeError(f"conversion from {kind} to Decimal is not supported")

    @classmethod
    def from_float(cls, f, /):
        """The exact value of a float."""
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        sign = int(math.copysign(1.0, f) < 0)
        if math.isinf(f):
            return make(sign, 0, 0, "Infinity", cls)
        if math.isnan(f):
            return make(sign, 0, 0, "NaN", cls)
        above, below = abs(f).as_integer_ratio()
        places = below.bit_length() - 1
        return make(sign, above * 5**places, -places, cls=cls)

    @classmethod
    def from_number(cls, number, /):
        """The exact value of a number."""
        if isinstance(number, (int, Decimal)):
            return cls(number)
        if isinstance(number, float):
            return cls.from_float(number)
        kind = type(number).__name__
        raise TypeError(f"Cannot convert {kind} to Decimal")

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    # Text

    def _text(self, context, engineering=False):
        if self._special:
            payload = str(self._coefficient) if self._coefficient else ""
            return f"{'-' if self._sign else ''}{self._special}{payload}"
        digits = str(self._coefficient)
        return _format.scientific(self._sign, digits, self._exponent, context.capitals, engineering)

    def __str__(self):
        return self._text(getcontext())

    def __repr__(self):
        return f"Decimal('{self}')"

    def to_eng_string(self, context=None):
        """As str(), with exponents that are multiples of three."""
        return self._text(current(context), engineering=True)

    def __format__(self, specifier, context=None, /):
        if not isinstance(specifier, str):
            raise TypeError("format arg must be str")
        return _format.formatted(self, specifier, current(context))

    # Kinds of numbers

    def is_nan(self):
        return self._special.endswith("NaN")

    def is_qnan(self):
        return self._special == "NaN"

    def is_snan(self):
        return self._special == "sNaN"

    def is_infinite(self):
        return self._special == "Infinity"

    def is_finite(self):
        return not self._special

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return not self._special and not self._coefficient

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def is_normal(self, context=None):
        return bool(self._coefficient) and not self._special and current(context).Emin <= self.adjusted()

    def is_subnormal(self, context=None):
        return bool(self._coefficient) and not self._special and self.adjusted() < current(context).Emin

    def number_class(self, context=None):
        """What kind of number it is, in a word."""
        if self._special:
            names = {"Infinity": "-Infinity" if self._sign else "+Infinity"}
            return names.get(self._special, self._special)
        kind = "Zero" if not self._coefficient else "Subnormal" if self.is_subnormal(context) else "Normal"
        return ("-" if self._sign else "+") + kind

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if self._special else self._exponent + len(str(self._coefficient)) - 1

    def __bool__(self):
        return bool(self._special or self._coefficient)

    # Conversion

    def as_tuple(self):
        """Sign, digits and exponent."""
        if self.is_infinite():
            return DecimalTuple(self._sign, (0,), "F")
        exponent = {"": self._exponent, "NaN": "n", "sNaN": "N"}[self._special]
        digits = "" if self._special and not self._coefficient else str(self._coefficient)
        return DecimalTuple(self._sign, tuple(map(int, digits)), exponent)

    def as_integer_ratio(self):
        """Numerator and denominator in lowest terms."""
        if self._special:
            kind = "NaN" if self.is_nan() else "Infinity"
            raise (ValueError if self.is_nan() else OverflowError)(f"cannot convert {kind} to integer ratio")
        above, below = _arithmetic.ratio(self)
        common = math.gcd(above, below)
        return above // common, below // common

    def _integer(self, rounding):
        if self._special:
            kind = "NaN" if self.is_nan() else "Infinity"
            raise (ValueError if self.is_nan() else OverflowError)(f"cannot convert {kind} to integer")
        if self._exponent >= 0:
            size = self._coefficient * 10**self._exponent
        else:
            size, _ = divided(self._coefficient, -self._exponent, self._sign, rounding)
        return -size if self._sign else size

    def __int__(self):
        return self._integer(ROUND_DOWN)

    __trunc__ = __int__

    def __floor__(self):
        return self._integer(ROUND_FLOOR)

    def __ceil__(self):
        return self._integer(ROUND_CEILING)

    def __round__(self, n=None, /):
        if n is None:
            return self._integer(ROUND_HALF_EVEN)
        if not isinstance(n, int):
            raise TypeError("optional arg must be an integer")
        return self.quantize(make(0, 1, -n))

    def __float__(self):
        if self.is_snan():
            raise ValueError("cannot convert signaling NaN to float")
        if self.is_nan():
            return math.copysign(math.nan, -1.0 if self._sign else 1.0)
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def conjugate(self):
        return self

    # Comparison

    def __hash__(self):
        if self._special:
            if self.is_snan():
                raise TypeError("Cannot hash a signaling NaN value")
            if self.is_nan():
                return object.__hash__(self)
            return -sys.hash_info.inf if self._sign else sys.hash_info.inf
        factor = pow(10, self._exponent, _MODULUS)
        value = self._coefficient * factor % _MODULUS
        value = -value if self._sign else value
        return -2 if value == -1 else value

    def _comparable(self, other, equality=False):
        """The other operand of a comparison as a Decimal; None if it cannot be compared."""
        if isinstance(other, Decimal):
            return other
        if isinstance(other, int):
            return Decimal(other)
        if isinstance(other, float):
            context = getcontext()
            if equality:
                context.flags[FloatOperation] = True
            else:
                context.signal(FloatOperation)
            return Decimal.from_float(other)
        if equality and isinstance(other, complex) and other.imag == 0:
            return Decimal.from_float(other.real)
        return None

    def _compare(self, other, equality=False):
        """-1, 0, 1; None beside a NaN; NotImplemented beside what is no number."""
        if isinstance(other, numbers.Rational) and not isinstance(other, (int, Decimal)):
            if self._special:
                return None if self.is_nan() else -1 if self._sign else 1
            above, below = _arithmetic.ratio(self)
            left, right = above * other.denominator, other.numerator * below
            return (left > right) - (left < right)
        other = self._comparable(other, equality)
        if other is None:
            return NotImplemented
        if self.is_nan() or other.is_nan():
            if not equality or self.is_snan() or other.is_snan():
                getcontext().signal(InvalidOperation)
            return None
        return _arithmetic.order(self, other)

    def __eq__(self, other):
        order = self._compare(other, equality=True)
        return order if order is NotImplemented else order == 0

    def __lt__(self, other):
        order = self._compare(other)
        return order if order is NotImplemented else order == -1

    def __le__(self, other):
        order = self._compare(other)
        return order if order is NotImplemented else order in (-1, 0)

    def __gt__(self, other):
        order = self._compare(other)
        return order if order is NotImplemented else order == 1

    def __ge__(self, other):
        order = self._compare(other)
        return order if order is NotImplemented else order in (0, 1)


def make(sign, coefficient, exponent, special="", cls=Decimal):
    """A Decimal of its parts."""
    self = object.__new__(cls)
    self._sign, self._coefficient, self._exponent, self._special = sign, coefficient, exponent, special
    return self


def _from_text(cls, text, context):
    match = _NUMBER.fullmatch(text.strip().replace("_", ""))
    if match is None:
        context.signal(ConversionSyntax)
        return make(0, 0, 0, "NaN", cls)
    sign, whole, fraction, exponent, only_fraction, exponent2, infinity, signalling, payload = match.groups()
    sign = int(sign == "-")
    if infinity:
        return make(sign, 0, 0, "Infinity", cls)
    if payload is not None:
        return make(sign, int(payload or 0), 0, "sNaN" if signalling else "NaN", cls)
    fraction = fraction or only_fraction or ""
    digits = int((whole or "") + fraction)
    return make(sign, digits, int(exponent or exponent2 or 0) - len(fraction), cls=cls)


def _from_tuple(cls, value):
    if len(value) != 3:
        raise ValueError("argument must be a sequence of length 3")
    sign, digits, exponent = value
    if sign not in (0, 1):
        raise ValueError("sign must be an integer with the value 0 or 1")
    if exponent == "F":
        return make(sign, 0, 0, "Infinity", cls)
    for digit in digits:
        if not isinstance(digit, int) or not 0 <= digit <= 9:
            raise ValueError("coefficient must be a tuple of digits")
    coefficient = int("".join(map(str, digits)) or 0)
    if exponent in ("n", "N"):
        return make(sign, coefficient, 0, "NaN" if exponent == "n" else "sNaN", cls)
    if not isinstance(exponent, int):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    return make(sign, coefficient, exponent, cls=cls)


DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")
numbers.Number.register(Decimal)
_arithmetic.Decimal, _arithmetic.make = Decimal, make
