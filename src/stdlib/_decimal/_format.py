"""Decimal numbers as text: scientific, engineering, and by format specifications."""

import re

from _decimal._signals import divided

_SPEC = re.compile(
    r"(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+)([,_])?)?([eEfFgGn%])?", re.DOTALL
)


def scientific(sign, digits, exponent, capitals, engineering=False):
    """`str()` of a finite number."""
    left = exponent + len(digits)
    if exponent <= 0 and left > -6:
        point = left
    elif not engineering:
        point = 1
    elif digits == "0":
        point = (left + 1) % 3 - 1
    else:
        point = (left - 1) % 3 + 1
    whole, fraction = _split(digits, point)
    text = f"{whole}.{fraction}" if fraction else whole
    if left != point:
        text += f"{'E' if capitals else 'e'}{left - point:+d}"
    return f"-{text}" if sign else text


def _split(digits, point):
    """The digits before and behind the point."""
    if point <= 0:
        return "0", "0" * -point + digits
    if point >= len(digits):
        return digits + "0" * (point - len(digits)), ""
    return digits[:point], digits[point:]


def _grouped(whole, separator, width):
    """Digits in groups of three, with zeros in front up to the width."""
    if not separator:
        return whole.rjust(width, "0")
    text = ""
    while True:
        text = whole[-3:] + (separator + text if text else "")
        whole = whole[:-3]
        if not whole:
            break
    while len(text) < width:
        head = len(text.split(separator)[0])
        text = ("0" if head < 3 else "0" + separator) + text
    return text


def formatted(number, spec, context):
    """`format(number, spec)`"""
    match = _SPEC.fullmatch(spec)
    if match is None:
        raise ValueError("invalid format string")
    fill, align, sign, z, alternate, zero, width, separator, precision, _, kind = match.groups()
    if zero and align is None:
        fill, align = "0", "="
    fill, align, width = fill or " ", align or ">", int(width or 0)
    if kind == "n":
        kind = "g"
    if number.is_finite():
        negative, whole, tail = _digits(number, kind, precision, z, alternate, context)
    else:
        negative, whole, tail = number.is_signed(), str(number.copy_abs()), "%" if kind == "%" else ""
    mark = "-" if negative else sign if sign in ("+", " ") else ""
    if number.is_finite():
        least = width - len(mark) - len(tail) if fill == "0" and align == "=" else 0
        whole = _grouped(whole, separator, least)
    elif zero and fill == "0":
        fill, align = " ", ">"
    body = whole + tail
    missing = max(width - len(mark) - len(body), 0)
    if align == "=":
        return mark + fill * missing + body
    body = mark + body
    if align == "^":
        return fill * (missing // 2) + body + fill * (missing - missing // 2)
    return body + fill * missing if align == "<" else fill * missing + body


def _digits(number, kind, precision, z, alternate, context):
    """Sign, the digits before the point, and everything behind them."""
    sign, coefficient, exponent = number._sign, number._coefficient, number._exponent
    if kind is None:
        kind = "G" if context.capitals else "g"
    if kind == "%":
        exponent += 2
    places = None if precision is None else int(precision)
    if places is not None:
        coefficient, exponent = _rounded(coefficient, exponent, sign, kind, places, context.rounding)
    if not coefficient and exponent > 0 and kind in "fF%":
        exponent = 0
    if sign and not coefficient and z:
        sign = 0
    digits = str(coefficient)
    left = exponent + len(digits)
    if kind in "eE":
        point = 1 - places if not coefficient and places is not None else 1
    elif kind in "fF%" or exponent <= 0 and left > -6:
        point = left
    else:
        point = 1
    whole, fraction = _split(digits, point)
    tail = f".{fraction}" if fraction or alternate else ""
    if kind in "eE" or left != point:
        tail += f"{'E' if kind in 'EG' else 'e'}{left - point:+d}"
    return sign, whole, tail + ("%" if kind == "%" else "")


def _rounded(coefficient, exponent, sign, kind, places, rounding):
    """The coefficient to as many digits as are shown."""
    size = len(str(coefficient))
    if kind in "fF%":
        drop = -places - exponent
    else:
        wanted = places + 1 if kind in "eE" else max(places, 1)
        drop = size - wanted if coefficient else 0
        if kind in "gG" and drop < 0:
            drop = 0
    if drop < 0:
        return coefficient * 10**-drop, exponent + drop
    if drop:
        coefficient, _ = divided(coefficient, drop, sign, rounding)
        exponent += drop
        if kind not in "fF%" and len(str(coefficient)) > wanted:
            coefficient //= 10
            exponent += 1
    return coefficient, exponent
