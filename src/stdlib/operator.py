"""Operators as functions."""

import _operator
from _operator import *

__all__ = [name for name in dir(_operator) if not name.startswith("_")]


def _with_dunder_names():
    """Every operator also has the name of its special method."""
    plain = ("lt", "le", "eq", "ne", "ge", "gt", "abs", "add", "floordiv", "index", "inv", "invert")
    plain += ("lshift", "mod", "mul", "matmul", "neg", "pos", "pow", "rshift", "sub", "truediv")
    plain += ("xor", "concat", "contains", "delitem", "getitem", "setitem", "iadd", "iand")
    plain += ("iconcat", "ifloordiv", "ilshift", "imod", "imul", "imatmul", "ior", "ipow")
    plain += ("irshift", "isub", "itruediv", "ixor", "call")
    named = {f"__{name}__": getattr(_operator, name) for name in plain}
    escaped = {"__not__": _operator.not_, "__and__": _operator.and_, "__or__": _operator.or_}
    return {**named, **escaped}


globals().update(_with_dunder_names())
