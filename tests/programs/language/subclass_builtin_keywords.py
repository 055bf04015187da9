"""Subclasses of built-in classes with arguments of their own, sorting that is disturbed, and other corners."""

from collections import OrderedDict, defaultdict


class Named(list):
    def __init__(self, items=(), *, name=None):
        super().__init__(items)
        self.name = name


class NamedByNew(list):
    def __new__(cls, items, name=None):
        self = super().__new__(cls, items, name=name)
        self.name = name
        return self


class Pair(tuple):
    def __init__(self, items, unit=None):
        self.unit = unit


class Quantity(float):
    def __init__(self, value, unit=None):
        self.unit = unit


class Plain(list):
    pass


print(Named([1], name="a"), Named([1], name="a").name, NamedByNew([2], name="b"), NamedByNew([2], name="b").name)
print(Pair([1, 2], unit="cm"), Quantity("2.5", unit="kg").unit)
for make in (
    lambda: Plain(items=[1]),
    lambda: list(items=[1]),
    lambda: tuple(items=()),
    lambda: set(items=()),
    lambda: float(x=1),
    lambda: list(1, 2),
    lambda: tuple(1, 2),
    lambda: float(1, 2),
):
    try:
        print(make())
    except TypeError as error:
        print(error)

numbers = [3, 1, 2]
try:
    numbers.sort(key=lambda x: numbers.append(x) or x)
except ValueError as error:
    print(error, numbers)


class Reluctant:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        if len(things) < 5:
            things.append(self)
        return self.value < other.value


things = [Reluctant(3), Reluctant(2), Reluctant(1)]
try:
    things.sort()
except ValueError as error:
    print(error, [thing.value for thing in things])

shelf = defaultdict(list)
shelf["self"] = shelf
print(shelf)
order = OrderedDict(first=1)
order["self"] = order
print(order)
order["shelf"] = shelf
print(order)
print([round(123.456, places) for places in (-2, -3, -400, -(2**31), -(2**100), 400, 2**31)], round(-1e300, -309))


class Documented:
    "The class's own."


one = Documented()
print(one.__doc__)
one.__doc__ = "This one's."
print(one.__doc__, Documented.__doc__)
