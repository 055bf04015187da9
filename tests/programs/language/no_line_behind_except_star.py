"""What an exception from behind `except*` lets go of on its way out of a with statement is lost at no line."""
import contextlib
import sys


class Watched:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name, sys._getframe(1).f_lineno)


def leaves(kind):
    with contextlib.nullcontext(Watched("in with")) as held:
        held = None
        try:
            raise kind("raised")
        except* ValueError:
            raise KeyError("in the clause")


def unmatched():
    with contextlib.nullcontext(Watched("unmatched")) as held:
        held = None
        try:
            raise TypeError("raised")
        except* ValueError:
            pass


def outer():
    with contextlib.nullcontext(Watched("outer")):
        with contextlib.nullcontext(Watched("inner")):
            try:
                raise ValueError("raised")
            except* ValueError:
                raise KeyError("in the clause")


def caught():
    for turn in range(2):
        with contextlib.nullcontext(Watched("caught")) as held, contextlib.suppress(BaseException):
            held = None
            try:
                raise ValueError("raised")
            except* ValueError:
                raise KeyError("in the clause")
        print("behind", sys._getframe().f_lineno)


for what in lambda: leaves(ValueError), lambda: leaves(TypeError), unmatched, outer, caught:
    try:
        what()
    except BaseException as exc:
        print(type(exc).__name__, exc, exc.__traceback__.tb_next and exc.__traceback__.tb_next.tb_lineno)
