# Small things of several modules: names that come along, texts of objects, and what wrong arguments are told.
import collections
import gc
import io
import operator
import os
import signal
import sys
import threading
import time
import types
import typing
from datetime import datetime
from enum import *
from fractions import Fraction

print(bin(5), isinstance({}, collections.abc.Mapping), types.ModuleType("made"), gc.get_threshold())
shown = repr(sys._getframe())
print("corners_of_the_library.py', line 18, code <module>" in shown)
print(f"{Fraction(1, 3):e} {Fraction(22, 7):.2E} {Fraction(10**12, 7):.3e}")
print(typing.Callable[int, str], typing.Callable[[int], str])
print(datetime.strptime("05 Mar", "%d %b"))


class Path:
    def __init__(self, shown):
        self.shown = shown

    def __fspath__(self):
        return self.shown


print(os.fspath(Path("a")), typing.overload(len).__name__)
for call in (
    "os.fspath(Path(5))",
    "operator.methodcaller()",
    "operator.methodcaller(5)",
    "io.BytesIO('a')",
    "signal.signal('a', print)",
    "threading.excepthook(5)",
    "time.strftime(5)",
    "time.gmtime('x')",
    "time.asctime((2024, 13, 1, 0, 0, 0, 0, 1, 0))",
    "__import__('')",
    "type(1, 2)",
    "~True",
):
    try:
        print(call, "->", eval(call))
    except Exception as err:
        print(call, "->", type(err).__name__, err)
for number in (3, "x"):
    assert isinstance(number, int), f"{number!r} is none"
