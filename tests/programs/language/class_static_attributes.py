# What a class body leaves in the class: attributes that methods assign, notes on failing __set_name__, slots that clash.
from typing import NewType, TypeVar


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.history = []

    def move(self, dx):
        self.x += dx

        def undo():
            self.undone = True

        class Inner:
            def fill(self):
                self.inside = 1

        with open_door() as self.door:
            for self.step in ():
                self.data["key"] = 1
        return undo, Inner

    other = lambda self: self.read


print(Point.__static_attributes__, [name for name in vars(Point) if "attr" in name or "line" in name])


class Strict:
    def __set_name__(self, owner, name):
        raise ValueError(f"no {name} here")


try:
    class Holder:
        good = 1
        bad = Strict()
except ValueError as error:
    print(error, error.__notes__)


class Slotted:
    __slots__ = ("a",)


for base in (int, dict, list, Exception):
    try:
        print(type("Mixed", (Slotted, base), {}).__mro__)
    except TypeError as error:
        print(base.__name__, error)
UserId = NewType("UserId", int)
try:
    class AdminId(UserId):
        pass
except TypeError as error:
    print(error)
T, U = TypeVar("T"), TypeVar("U")
print(list[T].__parameters__, dict[T, list[U]].__parameters__, (list[T] | None).__parameters__)
print(list[T][int], dict[T, list[U]][str, bytes], dict[str, T][int], list[list[T]][int])
for alias in (list[int], dict[str, list[int]]):
    try:
        alias[str]
    except TypeError as error:
        print(error)
