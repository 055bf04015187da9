"""Exact rational numbers."""

import abc
import math
import numbers
import operator

__all__ = ["Fraction"]

_HASH_MODULUS = (1 << 61) - 1
_HASH_INF = 314159


def _parsed(text):
    """(numerator, denominator) of '3/4', '-1.5e3' and the like; None when it is none of these."""
    body = text.strip()
    sign = -1 if body.startswith("-") else 1
    body = body[1:] if body[:1] in ("+", "-") else body
    above, slash, below = body.partition("/")
    if slash:
        if not (_is_digits(above) and _is_digits(below)):
            return None
        return sign * int(above), int(below)
    mantissa, mark, exponent = body.lower().partition("e")
    whole, point, fraction = mantissa.partition(".")
    if not (whole or fraction) or whole and not _is_digits(whole):
        return None
    if fraction and not _is_digits(fraction):
        return None
    if mark and not _is_digits(exponent.lstrip("+-")[-len(exponent) :]):
        return None
    whole, fraction = whole.replace("_", ""), fraction.replace("_", "")
    top, scale = int(whole + fraction or "0"), -len(fraction)
    if mark:
        try:
            scale += int(exponent)
        except ValueError:
            return None
    if scale >= 0:
        return sign * top * 10**scale, 1
    return sign * top, 10**-scale


def _is_digits(text):
    groups = text.split("_")
    return all(group.isdecimal() for group in groups)


class Fraction(numbers.Rational):
    """A rational number in lowest terms."""

    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = super().__new__(cls)
        if denominator is None:
            above, below = _ratio(numerator)
            if isinstance(numerator, str):
                if below == 0:
                    raise ZeroDivisionError(f"Fraction({above}, 0)")
                divisor = math.gcd(above, below)
                above, below = above // divisor, below // divisor
            self._numerator, self._denominator = above, below
            return self
        if type(numerator) is int is type(denominator):
            above, below = numerator, denominator
        elif isinstance(numerator, numbers.Rational) and isinstance(
            denominator, numbers.Rational
        ):
            above = numerator.numerator * denominator.denominator
            below = denominator.numerator * numerator.denominator
        else:
            raise TypeError("both arguments should be Rational instances")
        if below == 0:
            raise ZeroDivisionError(f"Fraction({above}, 0)")
        divisor = math.gcd(above, below)
        if below < 0:
            divisor = -divisor
        self._numerator, self._denominator = above // divisor, below // divisor
        return self

    @classmethod
    def from_float(cls, f):
        """The exact value of a float."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError(
                f"{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})"
            )
        return cls._of(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The exact value of a Decimal."""
        return cls._of(*dec.as_integer_ratio())

    @classmethod
    def from_number(cls, number):
        """The exact value of any number."""
        if isinstance(number, (numbers.Rational, float)) or hasattr(number, "as_integer_ratio"):
            return cls(number)
        raise TypeError("argument should be a Rational instance or have the as_integer_ratio() method")

    @classmethod
    def _of(cls, numerator, denominator):
        """A fraction of numbers that are in lowest terms already."""
        self = super().__new__(cls)
        self._numerator, self._denominator = numerator, denominator
        return self

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def is_integer(self):
        """Is it a whole number?"""
        return self._denominator == 1

    def as_integer_ratio(self):
        """A pair of integers, whose ratio is equal to the original Fraction."""
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The closest fraction whose denominator is at most that."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction._of(p1, q1)
        return Fraction._of(p0 + k * p1, q0 + k * q1)

    def __repr__(self):
        return f"{self.__class__.__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        if self._denominator == 1:
            return str(self._numerator)
        return f"{self._numerator}/{self._denominator}"

    def __format__(self, format_spec, /):
        if not format_spec:
            return str(self)
        kind = format_spec[-1]
        if kind in "eEfFgG%":
            return _formatted(self, format_spec)
        if kind in "dn" or not kind.isalpha():
            spec = format_spec.removesuffix("d")
            return format(str(self), spec if spec[:1] in "<>^" or spec[1:2] in "<>^" else ">" + spec)
        raise ValueError(
            f"Invalid format specifier {format_spec!r} for object of type "
            f"{type(self).__name__!r}"
        )

    def __abs__(self):
        return Fraction._of(abs(self._numerator), self._denominator)

    def __neg__(self):
        return Fraction._of(-self._numerator, self._denominator)

    def __pos__(self):
        return Fraction._of(self._numerator, self._denominator)

    def __pow__(a, b, modulo=None):
        if modulo is not None:
            return NotImplemented
        if not isinstance(b, numbers.Rational):
            if isinstance(b, (float, complex)):
                return float(a) ** b
            return NotImplemented
        if b.denominator != 1:
            return float(a) ** float(b)
        power = b.numerator
        above, below = a._numerator, a._denominator
        if power >= 0:
            return Fraction._of(above**power, below**power)
        if above > 0:
            return Fraction._of(below**-power, above**-power)
        if above == 0:
            raise ZeroDivisionError(f"Fraction({below ** -power}, 0)")
        return Fraction._of((-below) ** -power, (-above) ** -power)

    def __rpow__(b, a, modulo=None):
        if modulo is not None:
            return NotImplemented
        if b._denominator == 1 and b._numerator >= 0:
            return a**b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        if b._denominator == 1:
            return a**b._numerator
        return a ** float(b)

    def __trunc__(self):
        if self._numerator < 0:
            return -(-self._numerator // self._denominator)
        return self._numerator // self._denominator

    __int__ = __trunc__

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            if rest * 2 < self._denominator:
                return floor
            if rest * 2 > self._denominator:
                return floor + 1
            return floor if floor % 2 == 0 else floor + 1
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __hash__(self):
        try:
            inverse = pow(self._denominator, -1, _HASH_MODULUS)
        except ValueError:
            value = _HASH_INF
        else:
            value = hash(hash(abs(self._numerator)) * inverse)
        result = value if self._numerator >= 0 else -value
        return -2 if result == -1 else result

    def __eq__(a, b):
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            if math.isnan(b) or math.isinf(b):
                return 0.0 == b
            return a == a.from_float(b)
        return NotImplemented

    def _compared(self, other, compare):
        if isinstance(other, numbers.Rational):
            return compare(
                self._numerator * other.denominator, self._denominator * other.numerator
            )
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return compare(0.0, other)
            return compare(self, self.from_float(other))
        return NotImplemented

    def __lt__(a, b):
        return a._compared(b, operator.lt)

    def __gt__(a, b):
        return a._compared(b, operator.gt)

    def __le__(a, b):
        return a._compared(b, operator.le)

    def __ge__(a, b):
        return a._compared(b, operator.ge)

    def __bool__(self):
        return bool(self._numerator)

    def __reduce__(self):
        return (self.__class__, (self._numerator, self._denominator))

    def __copy__(self):
        return self if type(self) is Fraction else self.__class__(self)

    def __deepcopy__(self, memo):
        return self.__copy__()


def _ratio(value):
    """(numerator, denominator) of the single argument of Fraction()."""
    if type(value) is int:
        return value, 1
    if isinstance(value, numbers.Rational):
        return value.numerator, value.denominator
    if isinstance(value, str):
        found = _parsed(value)
        if found is None:
            raise ValueError(f"Invalid literal for Fraction: {value!r}")
        return found
    if isinstance(value, float) or hasattr(value, "as_integer_ratio"):
        return value.as_integer_ratio()
    raise TypeError(
        "argument should be a string or a Rational instance or have the "
        "as_integer_ratio() method"
    )


def _add(a, b):
    return Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)


def _sub(a, b):
    return Fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)


def _mul(a, b):
    return Fraction(a.numerator * b.numerator, a.denominator * b.denominator)


def _div(a, b):
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


def _floordiv(a, b):
    return (a.numerator * b.denominator) // (a.denominator * b.numerator)


def _mod(a, b):
    below = a.denominator * b.denominator
    return Fraction((a.numerator * b.denominator) % (b.numerator * a.denominator), below)


def _divmod(a, b):
    quotient = _floordiv(a, b)
    return quotient, _mod(a, b)


def _install(name, exact, general):
    """Adds a binary operator and its reflection: exact with rationals, general with other numbers."""

    def forward(a, b):
        if isinstance(b, (int, Fraction)):
            return exact(a, b)
        if isinstance(b, float):
            return general(float(a), b)
        if isinstance(b, complex):
            return general(complex(float(a)), b)
        return NotImplemented

    def reverse(b, a):
        if isinstance(a, numbers.Rational):
            return exact(a, b)
        if isinstance(a, numbers.Real):
            return general(float(a), float(b))
        if isinstance(a, numbers.Complex):
            return general(complex(a), complex(float(b)))
        return NotImplemented

    for method, kind in ((forward, f"__{name}__"), (reverse, f"__r{name}__")):
        method.__name__ = kind
        method.__qualname__ = f"Fraction.{kind}"
        setattr(Fraction, kind, method)


for _name, _exact, _general in (
    ("add", _add, operator.add),
    ("sub", _sub, operator.sub),
    ("mul", _mul, operator.mul),
    ("truediv", _div, operator.truediv),
    ("floordiv", _floordiv, operator.floordiv),
    ("mod", _mod, operator.mod),
    ("divmod", _divmod, divmod),
):
    _install(_name, _exact, _general)


def _formatted(value, spec):
    """A fraction with a float-like format, by way of an exact decimal where that is needed."""
    import re
    from decimal import ROUND_HALF_EVEN, Context, Decimal

    precision = 6
    if "." in spec:
        digits = spec.rpartition(".")[2][:-1]
        precision = int(digits) if digits.isdigit() else 6
    size = len(str(abs(value.numerator) // value.denominator)) + precision + 30
    context = Context(prec=size, rounding=ROUND_HALF_EVEN)
    exact = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    shown = format(exact, spec if "." in spec else f"{spec[:-1]}.6{spec[-1]}")
    return re.sub(r"([eE][+-])(\d)\b", r"\g<1>0\2", shown)


abc.update_abstractmethods(Fraction)
