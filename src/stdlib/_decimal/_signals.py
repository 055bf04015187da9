"""The conditions that decimal arithmetic reports, and its ways to round."""

ROUND_UP, ROUND_DOWN, ROUND_CEILING = "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING"
ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN = "ROUND_FLOOR", "ROUND_HALF_UP", "ROUND_HALF_DOWN"
ROUND_HALF_EVEN, ROUND_05UP = "ROUND_HALF_EVEN", "ROUND_05UP"
ROUNDINGS = (
    ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP,
)

BAD_ROUNDING = """valid values for rounding are:
  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,
   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
   ROUND_05UP]"""

MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)


class DecimalException(ArithmeticError):
    __module__ = "decimal"


class Clamped(DecimalException):
    __module__ = "decimal"


class InvalidOperation(DecimalException):
    __module__ = "decimal"


class ConversionSyntax(InvalidOperation):
    __module__ = "decimal"


class DivisionByZero(DecimalException, ZeroDivisionError):
    __module__ = "decimal"


class DivisionImpossible(InvalidOperation):
    __module__ = "decimal"


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    __module__ = "decimal"


class Inexact(DecimalException):
    __module__ = "decimal"


class InvalidContext(InvalidOperation):
    __module__ = "decimal"


class Rounded(DecimalException):
    __module__ = "decimal"


class Subnormal(DecimalException):
    __module__ = "decimal"


class Overflow(Inexact, Rounded):
    __module__ = "decimal"


class Underflow(Inexact, Rounded, Subnormal):
    __module__ = "decimal"


class FloatOperation(DecimalException, TypeError):
    __module__ = "decimal"


# In the order in which they are looked at: the first one that is trapped is raised.
SIGNALS = (
    InvalidOperation,
    FloatOperation,
    DivisionByZero,
    Overflow,
    Underflow,
    Subnormal,
    Inexact,
    Rounded,
    Clamped,
)


def divided(coefficient, places, sign, rounding):
    """The coefficient without its last digits, rounded; and whether anything was lost."""
    if places > 0 and places > len(str(coefficient)) + 1:
        # Less than half a unit is left of it, however far down it lies.
        coefficient, places = int(coefficient != 0), 2
    unit = 10**places
    quotient, rest = divmod(coefficient, unit)
    if not rest:
        return quotient, False
    return quotient + _goes_up(quotient, 2 * rest - unit, sign, rounding), True


def _goes_up(quotient, beyond_half, sign, rounding):
    """Is something lost, which lies so far beyond half a unit, rounded away from zero?"""
    if rounding == ROUND_HALF_EVEN:
        return beyond_half > 0 or beyond_half == 0 and quotient % 2 == 1
    if rounding == ROUND_HALF_UP:
        return beyond_half >= 0
    if rounding == ROUND_HALF_DOWN:
        return beyond_half > 0
    if rounding == ROUND_CEILING:
        return not sign
    if rounding == ROUND_FLOOR:
        return bool(sign)
    if rounding == ROUND_05UP:
        return quotient % 5 == 0
    return rounding == ROUND_UP
