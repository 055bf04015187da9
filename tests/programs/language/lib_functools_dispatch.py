"""Functions chosen by the class of an argument, partial methods, and two sets of loggers' settings."""

from __future__ import annotations

import collections.abc
import logging
import logging.config
import traceback
import typing
from functools import Placeholder, partial, partialmethod, reduce, singledispatch, singledispatchmethod


@singledispatch
def describe(value):
    return "something"


@describe.register
def _(value: collections.abc.Sequence):
    return "a sequence"


@describe.register
def _(value: int | float):
    return "a number"


@describe.register
def _(value: "collections.abc.Mapping"):
    return "a mapping"


@describe.register(list)
def _(value):
    return "a list"


print([describe(value) for value in ("text", [1], {1: 2}, 3, 2.5, None, (1,))])
for wrong in (42, lambda x: x):
    try:
        describe.register(wrong)
    except TypeError as error:
        print(str(error).partition(":")[0])


def annotated(value: collections.abc.Iterable[int]):
    pass


def optional(value: list[int] | None):
    pass


for wrong in (annotated, optional):
    try:
        describe.register(wrong)
    except TypeError as error:
        print(error)


class Shape:
    @singledispatchmethod
    def scale(self, factor):
        """Scales."""
        return "unknown"

    @scale.register
    def _(self, factor: int):
        return "by a whole number"

    @scale.register
    def _(self, factor: str):
        return "by name"


def show(*args, **kwargs):
    return [type(arg).__name__ if isinstance(arg, Shape) else arg for arg in args], kwargs


Shape.first = partialmethod(show, 1)
Shape.named = partialmethod(show, color="red")
Shape.nested = partialmethod(Shape.__dict__["first"], 2)
Shape.static = partialmethod(staticmethod(show), 3)
shape = Shape()
print(shape.scale(2), shape.scale("x"), shape.scale(None), Shape.scale.__name__, Shape.scale.__doc__)
print(shape.first(5), Shape.first(shape, 5), Shape.nested(shape, 5), Shape.named(shape), shape.static(4), Shape.static(4))


class Node:
    children: typing.List["Node"]
    parent: "Node | None"
    weights: dict[str, typing.Optional["Node"]]
    nothing: None


print(typing.get_type_hints(Node))
print(partial(show, Placeholder, 2)(1), reduce(lambda a, b: a + b, [1, 2], initial=10))


class Loud(logging.Formatter):
    def format(self, record):
        return super().format(record).upper()


logging.config.dictConfig(
    {
        "version": 1,
        "formatters": {"loud": {"()": Loud, "format": "%(levelname)s:%(message)s"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "loud", "stream": "ext://sys.stdout"}},
        "root": {"handlers": ["out"], "level": "INFO"},
    }
)
logging.getLogger("shop").info("open")

# Names that are as near as another one.
for text in ("sites", "Timer", "bol", "prnt", "strr", "lst", "mx", "minn", "flot", "nex"):
    try:
        eval(text)
    except NameError as error:
        print(traceback.format_exception(error)[-1], end="")
