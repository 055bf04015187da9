# Small things of the library: texts of objects and errors, groups told without a traceback, marks below wide characters.
import argparse
import enum
import functools
import heapq
import re
import struct
import sys
import traceback
from collections import namedtuple

Pair = namedtuple("Pair", "left right")
print(Pair.__new__.__doc__, struct.Struct("<ih"), type(re.finditer("a", "banana")).__name__)
print([match.span() for match in re.finditer("an", "banana")])
for action in (lambda: heapq.heapify(5), lambda: heapq.heappush((1,), 2), lambda: functools.reduce(max, 5)):
    try:
        action()
    except TypeError as error:
        print(error)
parser = argparse.ArgumentParser(prog="tool")
print(parser.add_argument("--level", type=int))
print(parser.add_argument("--quiet", action="store_true"))
try:
    class Mask(enum.Flag, boundary=enum.STRICT):
        pass
    @enum.verify(enum.NAMED_FLAGS)
    class Color(enum.Flag):
        RED = 1
        GREEN = 2
        WHITE = 15
        NEON = 31
except ValueError as error:
    print(error)
group = ExceptionGroup("several", [ValueError("one"), ExceptionGroup("inner", [TypeError("two"), KeyError("three")])])
print("".join(traceback.format_exception_only(group, show_group=True)))
sys.stdout.writelines(["one\n", "two\n"])
names = {"日本": 1}
print(names["日本"] + len("✅ ok") + names["京都"])
