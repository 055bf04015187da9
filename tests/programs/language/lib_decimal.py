"""Decimal arithmetic: exactness, contexts, rounding, signals, text."""
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, DivisionByZero, Inexact, InvalidOperation, getcontext, localcontext

print(Decimal("0.1") + Decimal("0.2"), 0.1 + 0.2, Decimal(0.1))
print(Decimal(1) / 3, Decimal("1.10") * 2, divmod(Decimal(7), Decimal("1.5")), Decimal(-7) % 3)

prices = [Decimal("19.99"), Decimal("5.005"), Decimal("0.015")]
cent = Decimal("0.01")
print([str(p.quantize(cent)) for p in prices], [str(p.quantize(cent, ROUND_HALF_UP)) for p in prices])
print(f"{sum(prices):,.3f} {Decimal('1234567.891'):>15,.1f} {Decimal('0.256'):.1%} {Decimal('1E+5'):f}")

with localcontext(prec=50, rounding=ROUND_DOWN) as context:
    print(Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln())
    print(context.flags[Inexact])
print(getcontext())

for text in ("abc", "1_000", "-Infinity", "sNaN"):
    try:
        print(repr(Decimal(text)))
    except InvalidOperation as error:
        print(text, error)
for operation in (lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal(1) + 1.5, lambda: Decimal(-1).sqrt()):
    try:
        operation()
    except (DivisionByZero, InvalidOperation, TypeError) as error:
        print(type(error).__name__, error)
print(Decimal("3.14").as_tuple(), Decimal("100").normalize(), hash(Decimal("1.5")) == hash(1.5), Decimal("1.0") == 1)
