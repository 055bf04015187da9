"""Fitting exact results into a context: digits, bounds of exponents, and what is reported."""

from _decimal._signals import (
    ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_05UP, Clamped, Inexact, Overflow, Rounded, Subnormal, Underflow,
    divided,
)


def fitted(sign, coefficient, exponent, context):
    """The coefficient and exponent of the nearest number that the context has, and what there is to report.

    Too large a number has the coefficient None: it is infinite.
    """
    tiny, top = context.Etiny(), context.Etop()
    if not coefficient:
        highest = top if context.clamp else context.Emax
        new = min(max(exponent, tiny), highest)
        return 0, new, [Clamped] if new != exponent else []
    size = len(str(coefficient))
    least = size + exponent - context.prec
    if least > top:
        return _overflow(sign, context)
    subnormal = least < tiny
    least = max(least, tiny)
    if exponent >= least:
        conditions = [Subnormal] if subnormal else []
        if context.clamp and exponent > top:
            coefficient *= 10 ** (exponent - top)
            exponent = top
            conditions.append(Clamped)
        return coefficient, exponent, conditions
    coefficient, lost = divided(coefficient, least - exponent, sign, context.rounding)
    if len(str(coefficient)) > context.prec:
        coefficient //= 10
        least += 1
        if least > top:
            return _overflow(sign, context)
    conditions = []
    if lost and subnormal:
        conditions.append(Underflow)
    if subnormal:
        conditions.append(Subnormal)
    if lost:
        conditions.append(Inexact)
    conditions.append(Rounded)
    if not coefficient:
        conditions.append(Clamped)
    return coefficient, least, conditions


def _overflow(sign, context):
    toward_zero = {ROUND_DOWN: True, ROUND_05UP: True, ROUND_CEILING: sign, ROUND_FLOOR: not sign}
    conditions = [Overflow, Inexact, Rounded]
    if toward_zero.get(context.rounding):
        return 10**context.prec - 1, context.Etop(), conditions
    return None, 0, conditions


def correctly_rounded(approximate, context):
    """The coefficient and exponent of a result that is never exact, with enough digits to round it.

    `approximate(digits)` gives them with an error of at most a few units of the last of that many digits.
    """
    digits = context.prec + 5
    while True:
        coefficient, exponent = approximate(digits)
        size = len(str(abs(coefficient)))
        drop = size - context.prec - 2
        if drop > 2 and 20 < abs(coefficient) % 10**drop < 10**drop - 20:
            # One digit more, which is not 0 or 5, makes sure that it counts as inexact and not as a tie.
            kept = abs(coefficient) // 10**drop * 10 + 1
            return kept if coefficient >= 0 else -kept, exponent + drop - 1
        digits += context.prec + 10
