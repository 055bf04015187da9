"""Roots, exponentials and logarithms of decimal numbers by arithmetic of ints with guard digits."""

from math import isqrt, log


def power_of_ten(exponent):
    """10 ** exponent as a pair: what to multiply with, what to divide by."""
    return (10**exponent, 1) if exponent >= 0 else (1, 10**-exponent)


def scaled(coefficient, exponent, digits):
    """coefficient * 10 ** exponent in units of 10 ** -digits."""
    above, below = power_of_ten(exponent + digits)
    return coefficient * above // below


def _atanh_of_inverse(n, unit):
    """atanh(1 / n) in units."""
    power = unit // n
    total, square, divisor = power, n * n, 1
    while power:
        power //= square
        divisor += 2
        total += power // divisor
    return total


_ln_10 = (0, 0)


def ln_10(digits):
    """The natural logarithm of 10 in units of 10 ** -digits."""
    global _ln_10
    known, value = _ln_10
    if known < digits:
        known = digits + 10
        unit = 10**known
        value = sum(
            factor * _atanh_of_inverse(n, unit) for factor, n in ((46, 31), (34, 49), (20, 161))
        )
        _ln_10 = known, value
    return value // 10 ** (known - digits)


def exp_fixed(x, digits):
    """e ** x for a small x, argument and result in units of 10 ** -digits."""
    halvings = isqrt(digits) + 8
    shift = 10 ** (halvings // 3 + 5)
    unit = 10**digits * shift
    x = x * shift >> halvings
    term, total, n = unit, unit, 0
    while term:
        n += 1
        term = term * x // (unit * n)
        total += term
        if term == -1:
            break
    for _ in range(halvings):
        total = total * total // unit
    return total // shift


def exp(coefficient, exponent, sign, digits):
    """e ** ±(coefficient * 10 ** exponent) as coefficient and exponent, to so many digits and a few more."""
    magnitude = max(len(str(coefficient)) + exponent, 0)
    work = digits + magnitude + 10
    x = scaled(coefficient, exponent, work)
    if sign:
        x = -x
    tens, rest = divmod(x, ln_10(work))
    return exp_fixed(rest, work), tens - work


def ln(coefficient, exponent, digits):
    """The natural logarithm in units of 10 ** -digits."""
    work = digits + 10
    size = len(str(coefficient)) - 1
    power = exponent + size
    # m lies from 1 to 10; its logarithm by Newton's method of the third order.
    m = scaled(coefficient, -size, work)
    unit = 10**work
    y = int(log(m / unit) * 10**15) * 10 ** (work - 15)
    exact = 12
    while exact < work + 3:
        e = exp_fixed(y, work)
        y += 2 * (m - e) * unit // (m + e)
        exact *= 3
    return (y + power * ln_10(work)) // 10 ** (work - digits)


def log10(coefficient, exponent, digits):
    """The logarithm to base 10 in units of 10 ** -digits."""
    work = digits + 10
    return ln(coefficient, exponent, work) * 10**digits // ln_10(work)
