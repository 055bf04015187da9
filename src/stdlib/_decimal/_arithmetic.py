"""Arithmetic of decimal numbers: exact results of ints, fitted into a context."""

from math import isqrt

from _decimal import _elementary
from _decimal._context import current, getcontext
from _decimal._rounding import correctly_rounded, fitted
from _decimal._signals import *
from _decimal._signals import BAD_ROUNDING, ROUNDINGS, DivisionImpossible, DivisionUndefined, divided

# Set by `_number`, which defines them with the class below as base.
Decimal = make = None


def operand(value):
    """A Decimal or an int as a Decimal; None for anything else."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else None


def required(value):
    """As operand, but anything else is an error."""
    converted = operand(value)
    if converted is None:
        kind = type(value).__name__
        raise TypeError(f"conversion from {kind} to Decimal is not supported")
    return converted


def ratio(number):
    """A finite number as numerator and denominator."""
    above, below = _elementary.power_of_ten(number._exponent)
    return (-number._coefficient if number._sign else number._coefficient) * above, below


def finish(sign, coefficient, exponent, context, conditions=()):
    """A result as the context has it."""
    coefficient, exponent, more = fitted(sign, coefficient, exponent, context)
    if conditions or more:
        context.signal(*conditions, *more)
    if coefficient is None:
        return make(sign, 0, 0, "Infinity")
    return make(sign, coefficient, exponent)


def invalid(context, condition=InvalidOperation):
    """Reports that there is no result."""
    context.signal(condition)
    return make(0, 0, 0, "NaN")


def not_a_number(context, *operands):
    """The result of an operation on a NaN, or None if there is none among the operands."""
    for kind in ("sNaN", "NaN"):
        for number in operands:
            if number._special == kind:
                if kind == "sNaN":
                    context.signal(InvalidOperation)
                return make(number._sign, number._coefficient, 0, "NaN")
    return None


def aligned(a, b):
    """The signed coefficients of two finite numbers at their common exponent."""
    exponent = min(a._exponent, b._exponent)
    left = a._coefficient * 10 ** (a._exponent - exponent)
    right = b._coefficient * 10 ** (b._exponent - exponent)
    return -left if a._sign else left, -right if b._sign else right, exponent


def order(a, b):
    """-1, 0 or 1 for two numbers that are not NaNs."""
    left, right = (0 if n.is_zero() else (-1 if n._sign else 1) for n in (a, b))
    if left != right or left == 0:
        return (left > right) - (left < right)
    if a._special or b._special:
        return 0 if a._special == b._special else left if a._special else -left
    by_size = a.adjusted() - b.adjusted()
    if by_size:
        return left if by_size > 0 else -left
    left, right, _ = aligned(a, b)
    return (left > right) - (left < right)


def _trimmed(a, b, context):
    """Two numbers to add; a tiny one is replaced by one that rounds the same, so that exponents cannot explode."""
    large, small = (a, b) if a.adjusted() >= b.adjusted() else (b, a)
    least = min(large.adjusted() - context.prec - 3, large._exponent - 2)
    if small._coefficient and small.adjusted() < least:
        tiny = make(small._sign, 1, least)
        return (large, tiny) if large is a else (tiny, large)
    return a, b


def add(a, b, context):
    """a + b"""
    if a._special or b._special:
        found = not_a_number(context, a, b)
        if found is not None:
            return found
        if a._special and b._special and a._sign != b._sign:
            return invalid(context)
        return a if a._special else b
    if a._coefficient and b._coefficient:
        a, b = _trimmed(a, b, context)
    left, right, exponent = aligned(a, b)
    total = left + right
    if total:
        sign = int(total < 0)
    elif a._sign == b._sign:
        sign = a._sign
    else:
        sign = int(context.rounding == ROUND_FLOOR)
    return finish(sign, abs(total), exponent, context)


def negated(number):
    return make(1 - number._sign, number._coefficient, number._exponent, number._special)


def multiply(a, b, context):
    """a * b"""
    sign = a._sign ^ b._sign
    if a._special or b._special:
        found = not_a_number(context, a, b)
        if found is not None:
            return found
        if a.is_zero() or b.is_zero():
            return invalid(context)
        return make(sign, 0, 0, "Infinity")
    return finish(sign, a._coefficient * b._coefficient, a._exponent + b._exponent, context)


def divide(a, b, context):
    """a / b"""
    sign = a._sign ^ b._sign
    if a._special or b._special:
        found = not_a_number(context, a, b)
        if found is not None:
            return found
        if a._special and b._special:
            return invalid(context)
        if a._special:
            return make(sign, 0, 0, "Infinity")
        context.signal(Clamped)
        return make(sign, 0, context.Etiny())
    if not b._coefficient:
        if not a._coefficient:
            return invalid(context, DivisionUndefined)
        context.signal(DivisionByZero)
        return make(sign, 0, 0, "Infinity")
    ideal = a._exponent - b._exponent
    if not a._coefficient:
        return finish(sign, 0, ideal, context)
    shift = len(str(b._coefficient)) - len(str(a._coefficient)) + context.prec + 1
    above, below = _elementary.power_of_ten(shift)
    quotient, rest = divmod(a._coefficient * above, b._coefficient * below)
    exponent = ideal - shift
    if rest:
        # A digit that is neither 0 nor 5 tells that there is more to come.
        if quotient % 5 == 0:
            quotient += 1
    else:
        quotient, exponent = _without_zeros(quotient, exponent, ideal)
    return finish(sign, quotient, exponent, context)


def _without_zeros(coefficient, exponent, highest):
    """The same number without zeros at its end, as far as the exponent may rise."""
    while exponent < highest and coefficient % 10 == 0:
        coefficient //= 10
        exponent += 1
    return coefficient, exponent


def divide_whole(a, b, context):
    """The quotient rounded towards zero, and the remainder; DivisionImpossible as None."""
    left, right, exponent = aligned(a, b)
    quotient, rest = divmod(abs(left), abs(right))
    if quotient >= 10**context.prec:
        return None
    return quotient, rest, exponent


def divmod_of(a, b, context, quotient=True, remainder=True):
    """Quotient and remainder, as far as they are asked for."""
    sign = a._sign ^ b._sign
    found = not_a_number(context, a, b)
    if found is not None:
        return found, found
    if a._special:
        if quotient and not b._special:
            whole = make(sign, 0, 0, "Infinity")
            return whole, invalid(context) if remainder else None
        return (invalid(context),) * 2
    if b.is_zero():
        if a.is_zero():
            return (invalid(context, DivisionUndefined),) * 2
        if not quotient:
            return None, invalid(context)
        context.signal(*[DivisionByZero, InvalidOperation] if remainder else [DivisionByZero])
        return make(sign, 0, 0, "Infinity"), make(0, 0, 0, "NaN")
    if b._special:
        return make(sign, 0, 0), finish(a._sign, a._coefficient, a._exponent, context)
    parts = None
    if a.adjusted() - b.adjusted() <= context.prec:
        if not a._coefficient or a.adjusted() < b.adjusted() - 1:
            exponent = min(a._exponent, b._exponent)
            rest = a._coefficient * 10 ** (a._exponent - exponent) if a._exponent - exponent < 10**6 else 0
            parts = 0, rest, exponent
        else:
            parts = divide_whole(a, b, context)
    if parts is None:
        return (invalid(context, DivisionImpossible),) * 2
    whole, rest, exponent = parts
    return make(sign, whole, 0), finish(a._sign, rest, exponent, context)


def square_root(a, context):
    """The root, correctly rounded."""
    found = not_a_number(context, a)
    if found is not None:
        return found
    if a.is_zero():
        return finish(a._sign, 0, a._exponent // 2, context)
    if a._sign:
        return invalid(context)
    if a._special:
        return a
    exponent, coefficient = a._exponent, a._coefficient
    ideal = exponent // 2
    if exponent % 2:
        coefficient, exponent = coefficient * 10, exponent - 1
    shift = max(context.prec + 2 - (len(str(coefficient)) + 1) // 2, 0)
    coefficient *= 100**shift
    exponent = exponent // 2 - shift
    root = isqrt(coefficient)
    if root * root == coefficient:
        root, exponent = _without_zeros(root, exponent, ideal)
    elif root % 5 == 0:
        root += 1
    return finish(0, root, exponent, _half_even(context))


def _half_even(context):
    """The context with another rounding, but the same flags."""
    made = context.copy()
    made.rounding, made.flags = ROUND_HALF_EVEN, context.flags
    return made


def _rounded_function(approximate, context):
    """A result of one of the functions that are never exact, rounded half to even."""
    coefficient, exponent = correctly_rounded(approximate, context)
    return finish(int(coefficient < 0), abs(coefficient), exponent, _half_even(context))


def exponential(a, context):
    """e ** a"""
    found = not_a_number(context, a)
    if found is not None:
        return found
    if a._special:
        return make(0, 0, 0) if a._sign else a
    if a.is_zero():
        return make(0, 1, 0)
    if a.adjusted() > 20:
        a = make(a._sign, 10**20, 0)
        huge = -10**20 if a._sign else 10**20
        return finish(0, 1, huge, _half_even(context))
    if a.adjusted() < -context.prec - 1:
        digits = 10 ** (context.prec + 1)
        return finish(0, digits + (-1 if a._sign else 1), -context.prec - 1, _half_even(context))
    parts = a._coefficient, a._exponent, a._sign
    return _rounded_function(lambda digits: _elementary.exp(*parts, digits), context)


def logarithm(a, context, tens=False):
    """The natural logarithm, or the one to base 10."""
    found = not_a_number(context, a)
    if found is not None:
        return found
    if a.is_zero():
        return make(1, 0, 0, "Infinity")
    if a._sign:
        return invalid(context)
    if a._special:
        return a
    if tens:
        power = a.adjusted()
        if a._coefficient == 10 ** (power - a._exponent):
            return finish(int(power < 0), abs(power), 0, context)
    elif order(a, make(0, 1, 0)) == 0:
        return make(0, 0, 0)
    # Near 1 the logarithm itself is small: as many more digits are needed.
    left, right, exponent = aligned(a, make(0, 1, 0))
    near = max(-(len(str(abs(left - right))) + exponent), 0)
    function = _elementary.log10 if tens else _elementary.ln

    def approximate(digits):
        work = digits + near + 2
        return function(a._coefficient, a._exponent, work), -work

    return _rounded_function(approximate, context)


def power(a, b, context):
    """a ** b"""
    found = not_a_number(context, a, b)
    if found is not None:
        return found
    whole = b._special == "" and order(b, b.to_integral_value()) == 0
    odd = whole and b._exponent <= 0 and abs(int(b)) % 2 == 1
    sign = int(odd and a._sign)
    if b.is_zero():
        return invalid(context) if a.is_zero() else make(0, 1, 0)
    if a._sign and not whole and not a.is_zero() and not b._special:
        return invalid(context)
    if a.is_zero() or a._special:
        grows = bool(a._special) != bool(b._sign)
        return make(sign, 0, 0, "Infinity") if grows else make(sign, 0, 0)
    size = order(make(0, a._coefficient, a._exponent), make(0, 1, 0))
    if b._special:
        if a._sign:
            return invalid(context)
        if size == 0:
            return finish(0, 10 ** (context.prec - 1), 1 - context.prec, context, [Inexact, Rounded])
        return make(0, 0, 0, "Infinity") if (size > 0) != bool(b._sign) else make(0, 0, 0)
    if whole and b.adjusted() < 9:
        return _whole_power(a, int(b), sign, context)
    if size == 0:
        return finish(sign, 10 ** (context.prec - 1), 1 - context.prec, context, [Inexact, Rounded])
    return _real_power(make(0, a._coefficient, a._exponent), b, sign, context)


def _whole_power(a, n, sign, context):
    """By squaring; digits that cannot matter are cut off."""
    keep = context.prec + 6 + len(str(abs(n)))
    coefficient, exponent, exact = 1, 0, True
    for bit in bin(abs(n))[2:]:
        coefficient, exponent = coefficient * coefficient, 2 * exponent
        if bit == "1":
            coefficient, exponent = coefficient * a._coefficient, exponent + a._exponent
        drop = len(str(coefficient)) - 2 * keep
        if drop > 0:
            coefficient, exponent, exact = coefficient // 10**drop, exponent + drop, False
    if n < 0:
        return divide(make(sign, 1, 0), make(0, coefficient, exponent), context)
    if not exact and coefficient % 5 == 0:
        coefficient += 1
    return finish(sign, coefficient, exponent, context)


def _real_power(a, b, sign, context):
    """By logarithm and exponential. A result that is exact gets all its digits all the same."""
    magnitude = max(b.adjusted(), 0) + max(len(str(a.adjusted())), 1)
    digits = context.prec + magnitude + 30
    log = _elementary.ln(a._coefficient, a._exponent, digits)
    above, below = _elementary.power_of_ten(b._exponent)
    product = log * b._coefficient * above // below
    if b._sign:
        product = -product
    if abs(product) > 10 ** (digits + 20):
        return finish(sign, 1, 10**20 if product > 0 else -(10**20), _half_even(context))
    coefficient, exponent = _elementary.exp(abs(product), -digits, int(product < 0), context.prec + 26)
    drop = len(str(coefficient)) - context.prec - 23
    if drop > 0:
        coefficient, _ = divided(coefficient, drop, 0, ROUND_HALF_EVEN)
        exponent += drop
    return finish(sign, coefficient, exponent, context)


def power_modulo(a, b, modulo, context):
    """pow(a, b, modulo) of whole numbers."""
    found = not_a_number(context, a, b, modulo)
    if found is not None:
        return found
    parts = (a, b, modulo)
    whole = all(not n._special and order(n, n.to_integral_value()) == 0 for n in parts)
    if not whole or b._sign or modulo.is_zero() or modulo.adjusted() >= context.prec or a.is_zero() and b.is_zero():
        return invalid(context)
    result = pow(abs(int(a)), int(b), abs(int(modulo)))
    return make(int(a._sign and int(b) % 2 == 1), result, 0)


def quantize(a, pattern, rounding, context):
    """The number with the exponent of another one."""
    found = not_a_number(context, a, pattern)
    if found is not None:
        return found
    if a._special or pattern._special:
        return a if a._special and pattern._special else invalid(context)
    exponent = pattern._exponent
    if not context.Etiny() <= exponent <= context.Emax:
        return invalid(context)
    if exponent <= a._exponent:
        if a._coefficient and a.adjusted() - exponent >= context.prec:
            return invalid(context)
        coefficient, lost = a._coefficient * 10 ** (a._exponent - exponent) if a._coefficient else 0, False
    else:
        coefficient, lost = divided(a._coefficient, exponent - a._exponent, a._sign, rounding)
    if len(str(coefficient)) > context.prec or len(str(coefficient)) + exponent - 1 > context.Emax and coefficient:
        return invalid(context)
    conditions = [Inexact, Rounded] if lost else [Rounded] if exponent > a._exponent else []
    if conditions:
        context.signal(*conditions)
    return make(a._sign, coefficient, exponent)


def rounding_of(rounding, context):
    """How to round: as told, or as the context does."""
    if rounding is None:
        return context.rounding
    if rounding not in ROUNDINGS:
        raise TypeError(BAD_ROUNDING)
    return rounding


def _operator(function, swapped=False):
    def method(self, other, /):
        other = operand(other)
        if other is None:
            return NotImplemented
        return function(other, self, getcontext()) if swapped else function(self, other, getcontext())

    return method


def _subtract(a, b, context):
    if b.is_nan():
        return not_a_number(context, a, b)
    return add(a, negated(b), context)


def _whole_quotient(a, b, context):
    return divmod_of(a, b, context, remainder=False)[0]


def _remainder(a, b, context):
    return divmod_of(a, b, context, quotient=False)[1]


class Arithmetic:
    """The operators and operations of Decimal."""

    __slots__ = ()

    __add__, __radd__ = _operator(add), _operator(add, True)
    __sub__, __rsub__ = _operator(_subtract), _operator(_subtract, True)
    __mul__, __rmul__ = _operator(multiply), _operator(multiply, True)
    __truediv__, __rtruediv__ = _operator(divide), _operator(divide, True)
    __floordiv__, __rfloordiv__ = _operator(_whole_quotient), _operator(_whole_quotient, True)
    __mod__, __rmod__ = _operator(_remainder), _operator(_remainder, True)
    __divmod__, __rdivmod__ = _operator(divmod_of), _operator(divmod_of, True)
    __rpow__ = _operator(power, True)

    def __pow__(self, other, modulo=None, /):
        other = operand(other)
        modulo = None if modulo is None else operand(modulo)
        if other is None:
            return NotImplemented
        if modulo is not None:
            return power_modulo(self, other, modulo, getcontext())
        return power(self, other, getcontext())

    def __neg__(self):
        if self.is_zero():
            return self.copy_abs().__pos__()
        return _plus(negated(self), getcontext())

    def __pos__(self):
        if self.is_zero() and getcontext().rounding != ROUND_FLOOR:
            return _plus(self.copy_abs(), getcontext())
        return _plus(self, getcontext())

    def __abs__(self):
        return _plus(self.copy_abs(), getcontext())

    def copy_abs(self):
        return make(0, self._coefficient, self._exponent, self._special)

    def copy_negate(self):
        return negated(self)

    def copy_sign(self, other, context=None):
        sign = required(other)._sign
        return make(sign, self._coefficient, self._exponent, self._special)

    def sqrt(self, context=None):
        return square_root(self, current(context))

    def exp(self, context=None):
        return exponential(self, current(context))

    def ln(self, context=None):
        return logarithm(self, current(context))

    def log10(self, context=None):
        return logarithm(self, current(context), tens=True)

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        context = current(context)
        other, third = required(other), required(third)
        if self._special or other._special or third._special:
            return add(multiply(self, other, context), third, context)
        product = make(
            self._sign ^ other._sign, self._coefficient * other._coefficient, self._exponent + other._exponent
        )
        return add(product, third, context)

    def compare(self, other, context=None):
        """-1, 0 or 1 as a Decimal."""
        context, other = current(context), required(other)
        found = not_a_number(context, self, other)
        return Decimal(order(self, other)) if found is None else found

    def compare_signal(self, other, context=None):
        """As compare, but any NaN is reported."""
        context, other = current(context), required(other)
        if self.is_nan() or other.is_nan():
            return invalid(context)
        return Decimal(order(self, other))

    def compare_total(self, other, context=None):
        """The order of all representations: 12.0 is below 12."""
        other = required(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        by_size = _total_order(self.copy_abs(), other.copy_abs())
        return Decimal(-by_size if self._sign else by_size)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(required(other).copy_abs())

    def quantize(self, exp, rounding=None, context=None):
        """The number rounded to the exponent of another one."""
        context = current(context)
        return quantize(self, required(exp), rounding_of(rounding, context), context)

    def same_quantum(self, other, context=None):
        other = required(other)
        if self._special or other._special:
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exponent == other._exponent

    def to_integral_value(self, rounding=None, context=None):
        """The nearest whole number."""
        context = current(context)
        return self._whole(rounding_of(rounding, context), context)[0]

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        """The nearest whole number; reports what is lost."""
        context = current(context)
        number, lost = self._whole(rounding_of(rounding, context), context)
        if number is not self and self._exponent < 0 and not self._special:
            context.signal(*[Inexact, Rounded] if lost else [Rounded])
        return number

    def _whole(self, rounding, context):
        found = not_a_number(context, self)
        if found is not None:
            return found, False
        if self._special or self._exponent >= 0:
            return self, False
        coefficient, lost = divided(self._coefficient, -self._exponent, self._sign, rounding)
        return make(self._sign, coefficient, 0), lost

    def normalize(self, context=None):
        """The number without zeros at its end."""
        context = current(context)
        number = _plus(self, context)
        if number._special:
            return number
        if not number._coefficient:
            return make(number._sign, 0, 0)
        highest = context.Etop() if context.clamp else context.Emax
        return make(number._sign, *_without_zeros(number._coefficient, number._exponent, highest))

    def remainder_near(self, other, context=None):
        """The remainder that is nearest to zero."""
        context, other = current(context), required(other)
        found = not_a_number(context, self, other)
        if found is not None:
            return found
        if self._special or other.is_zero():
            return invalid(context, DivisionUndefined if self.is_zero() and other.is_zero() else InvalidOperation)
        if other._special:
            return _plus(self, context)
        left, right, exponent = aligned(self, other)
        quotient, rest = divmod(abs(left), abs(right))
        if 2 * rest + quotient % 2 > abs(right):
            rest -= abs(right)
            quotient += 1
        if quotient >= 10**context.prec:
            return invalid(context, DivisionImpossible)
        sign = self._sign if rest >= 0 else 1 - self._sign
        return finish(sign, abs(rest), exponent, context)

    def _extreme(self, other, context, largest, magnitude=False):
        context, other = current(context), required(other)
        numbers = [n for n in (self, other) if not n.is_qnan()]
        if len(numbers) == 1 and not numbers[0].is_snan():
            return _plus(numbers[0], context)
        found = not_a_number(context, self, other)
        if found is not None:
            return found
        a, b = (self.copy_abs(), other.copy_abs()) if magnitude else (self, other)
        by_value = order(a, b) or order(self, other) or int(self.compare_total(other))
        first = by_value >= 0 if largest else by_value < 0
        return _plus(self if first else other, context)

    def max(self, other, context=None):
        return self._extreme(other, context, True)

    def min(self, other, context=None):
        return self._extreme(other, context, False)

    def max_mag(self, other, context=None):
        return self._extreme(other, context, True, magnitude=True)

    def min_mag(self, other, context=None):
        return self._extreme(other, context, False, magnitude=True)

    def _next(self, context, sign):
        """The next number that the context has in one direction."""
        context = current(context)
        found = not_a_number(context, self)
        if found is not None:
            return found
        if self._special and self._sign == sign:
            return self
        copy = context.copy()
        copy.clear_traps()
        copy.rounding = ROUND_FLOOR if sign else ROUND_CEILING
        if self._special:
            return make(self._sign, 10**context.prec - 1, context.Etop())
        fitted_number = _plus(self, copy)
        if fitted_number._special or order(fitted_number, self) != 0:
            return fitted_number
        return add(self, make(sign, 1, context.Etiny() - 1), copy)

    def next_plus(self, context=None):
        return self._next(context, 0)

    def next_minus(self, context=None):
        return self._next(context, 1)

    def next_toward(self, other, context=None):
        """The next number in the direction of another one."""
        context, other = current(context), required(other)
        found = not_a_number(context, self, other)
        if found is not None:
            return found
        direction = order(other, self)
        return self._next(context, int(direction < 0)) if direction else self.copy_sign(other)

    def logb(self, context=None):
        """The exponent of the first digit, as a number."""
        context = current(context)
        found = not_a_number(context, self)
        if found is not None:
            return found
        if self._special:
            return self.copy_abs()
        if not self._coefficient:
            context.signal(DivisionByZero)
            return make(1, 0, 0, "Infinity")
        return Decimal(self.adjusted())

    def scaleb(self, other, context=None):
        """The number with a larger exponent."""
        context, other = current(context), required(other)
        found = not_a_number(context, self, other)
        if found is not None:
            return found
        limit = 2 * (context.Emax + context.prec)
        if other._special or other._exponent != 0 or abs(int(other)) > limit:
            return invalid(context)
        if self._special:
            return self
        return finish(self._sign, self._coefficient, self._exponent + int(other), context)

    def _moved(self, other, context):
        """The digits and the number of places of shift() and rotate()."""
        context, other = current(context), required(other)
        found = not_a_number(context, self, other)
        if found is not None:
            return found, None, None
        if other._special or other._exponent != 0 or abs(int(other)) > context.prec:
            return invalid(context), None, None
        if self._special:
            return self, None, None
        return None, str(self._coefficient)[-context.prec :].rjust(context.prec, "0"), int(other)

    def shift(self, other, context=None):
        """The digits moved to the left; what leaves the precision is lost."""
        found, digits, places = self._moved(other, context)
        if found is not None:
            return found
        kept = digits[: len(digits) + places] if places < 0 else (digits + "0" * places)[-len(digits) :]
        return make(self._sign, int(kept or 0), self._exponent)

    def rotate(self, other, context=None):
        """The digits moved to the left; what leaves the precision comes back on the right."""
        found, digits, places = self._moved(other, context)
        if found is not None:
            return found
        places %= len(digits)
        return make(self._sign, int(digits[places:] + digits[:places]), self._exponent)

    def radix(self):
        return Decimal(10)

    def _logical(self, other, context, function):
        """Digits 0 and 1 as truth values."""
        context = current(context)
        operands = [self] if other is None else [self, required(other)]
        width = context.prec
        texts = []
        for number in operands:
            text = str(number._coefficient)
            if number._special or number._sign or number._exponent or set(text) - {"0", "1"}:
                return invalid(context)
            texts.append(int(text[-width:], 2))
        bits = function(*texts) & (1 << width) - 1
        return make(0, int(bin(bits)[2:]), 0)

    def logical_and(self, other, context=None):
        return self._logical(other, context, lambda a, b: a & b)

    def logical_or(self, other, context=None):
        return self._logical(other, context, lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        return self._logical(other, context, lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        return self._logical(None, context, lambda a: ~a)


def _plus(number, context):
    """The number as the context has it."""
    if number._special:
        found = not_a_number(context, number)
        return number if found is None else found
    return finish(number._sign, number._coefficient, number._exponent, context)


def _total_order(a, b):
    """The order of two positive representations: numbers, then infinity, then the two kinds of NaN."""
    kinds = ("", "Infinity", "sNaN", "NaN")
    left, right = kinds.index(a._special), kinds.index(b._special)
    if left == right:
        if left == 0 and (by_value := order(a, b)):
            return by_value
        left, right = (a._exponent, b._exponent) if left == 0 else (a._coefficient, b._coefficient)
    return (left > right) - (left < right)
