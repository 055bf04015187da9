"""A warning about a coroutine that goes with sys.last_exc: CPython reads no further file for it."""
import sys


async def first():
    pass


async def second():
    pass


class Loud:
    def __del__(self):
        second()
        print("gone, path:", sys.path)


def fail():
    loud, lost = Loud(), second()
    raise ValueError("the end")


if True:
    first()
fail()
