"""`decimal` by the General Decimal Arithmetic Specification, which CPython has in C."""

from _loopscope import complete

from _decimal import _arithmetic
from _decimal._context import *
from _decimal._context import (
    BasicContext, Context, DefaultContext, ExtendedContext, getcontext, localcontext, setcontext,
)
from _decimal._number import Decimal, DecimalTuple
from _decimal._signals import *
from _decimal._signals import MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY

HAVE_THREADS = HAVE_CONTEXTVAR = True
IEEE_CONTEXT_MAX_BITS = 512


def IEEEContext(bits, /):
    """A context of the formats of IEEE 754."""
    if bits <= 0 or bits % 32 or bits > IEEE_CONTEXT_MAX_BITS:
        raise ValueError(f"argument must be a multiple of 32, with a maximum of {IEEE_CONTEXT_MAX_BITS}")
    largest = 3 * (1 << bits // 16 + 3)
    return Context(9 * bits // 32 - 2, ROUND_HALF_EVEN, 1 - largest, largest, clamp=1, traps=[])


def _binary(function):
    def method(self, a, b, /):
        return function(_arithmetic.required(a), _arithmetic.required(b), self)

    return method


def _delegated(name):
    def method(self, a, /, *others):
        return getattr(_arithmetic.required(a), name)(*others, context=self)

    method.__name__, method.__qualname__ = name, f"Context.{name}"
    return method


def _plain(name):
    def method(self, a, /, *others):
        return getattr(_arithmetic.required(a), name)(*others)

    method.__name__, method.__qualname__ = name, f"Context.{name}"
    return method


def _power(self, a, b, modulo=None):
    a, b = _arithmetic.required(a), _arithmetic.required(b)
    if modulo is None:
        return _arithmetic.power(a, b, self)
    return _arithmetic.power_modulo(a, b, _arithmetic.required(modulo), self)


def _create(self, num="0", /):
    """A number as this context has it."""
    number = Decimal(num, self)
    if number.is_nan() and number._coefficient >= 10 ** (self.prec - self.clamp):
        return _arithmetic.invalid(self)
    return number if number._special else _arithmetic._plus(number, self)


def _create_from_float(self, f, /):
    return _arithmetic._plus(Decimal.from_float(f), self)


def _complete_context():
    """Gives Context the operations of Decimal as methods."""
    functions = {
        "add": _arithmetic.add,
        "subtract": _arithmetic._subtract,
        "multiply": _arithmetic.multiply,
        "divide": _arithmetic.divide,
        "divide_int": _arithmetic._whole_quotient,
        "remainder": _arithmetic._remainder,
        "divmod": _arithmetic.divmod_of,
    }
    for name, function in functions.items():
        complete(Context, name, _binary(function))
    with_context = """
        sqrt exp ln log10 fma compare compare_signal quantize to_integral_value to_integral_exact to_integral
        normalize remainder_near max min max_mag min_mag next_plus next_minus next_toward logb scaleb shift rotate
        logical_and logical_or logical_xor logical_invert compare_total compare_total_mag copy_sign same_quantum
        number_class is_normal is_subnormal to_eng_string
    """
    for name in with_context.split():
        complete(Context, name, _delegated(name))
    without = "copy_abs copy_negate is_nan is_qnan is_snan is_infinite is_finite is_signed is_zero is_canonical canonical"
    for name in without.split():
        complete(Context, name, _plain(name))
    complete(Context, "power", _power)
    complete(Context, "create_decimal", _create)
    complete(Context, "create_decimal_from_float", _create_from_float)
    complete(Context, "to_sci_string", lambda self, a, /: _arithmetic.required(a)._text(self))
    complete(Context, "copy_decimal", lambda self, a, /: _arithmetic.required(a))
    complete(Context, "plus", lambda self, a, /: _arithmetic._plus(_arithmetic.required(a), self))
    complete(Context, "minus", lambda self, a, /: _arithmetic._plus(_arithmetic.negated(_arithmetic.required(a)), self))
    complete(Context, "abs", lambda self, a, /: _arithmetic._plus(_arithmetic.required(a).copy_abs(), self))
    complete(Context, "radix", lambda self: Decimal(10))


_complete_context()
