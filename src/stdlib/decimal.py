"""Decimal arithmetic with the precision that a program asks for."""

from _decimal import (
    HAVE_CONTEXTVAR, HAVE_THREADS, IEEE_CONTEXT_MAX_BITS, MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, ROUND_05UP,
    ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, BasicContext,
    Clamped, Context, Decimal, DecimalException, DecimalTuple, DefaultContext, DivisionByZero, ExtendedContext,
    FloatOperation, IEEEContext, Inexact, InvalidOperation, Overflow, Rounded, Subnormal, Underflow, getcontext,
    localcontext, setcontext,
)
