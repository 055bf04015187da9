"""Attributes lie in an instance in the order in which its class has room for them, and are found in that order."""

import gc


class Told:
    def __init__(self, name, child=None):
        self.name, self.child = name, child

    def __del__(self):
        print(self.name, end=" ")


class Slots:
    __slots__ = ("z", "b", "y", "a", "__weakref__")

    def __init__(self):
        self.y, self.z, self.a, self.b = Told("y"), Told("z"), Told("a"), Told("b")


class Open(Slots):
    def __init__(self):
        super().__init__()
        self.k, self.c, self.l = Told("k"), Told("c"), Told("l")


class Base:
    def __init__(self):
        self.q, self.p = Told("q"), Told("p")


class Derived(Base):
    def __init__(self):
        super().__init__()
        self.n, self.m = Told("n"), Told("m")


class Lists:
    def __init__(self):
        self.late, self.early = [Told("late")], [Told("early")]
        self.middle = Base()


class OfTuple(tuple):
    pass


class OfList(list):
    pass


class OfException(Exception):
    pass


class One:
    def set(self):
        self.z = Told("z")


def chain(name):
    root = Base()
    root.itself = root
    root.deep = [Told(name + "1", Told(name + "2", Told(name + "3")))]
    root.flat = Told(name + "4", Told(name + "5"))
    return root


print("by counts:", end=" ")
one = One()
one.b, one.c = Told("b"), Told("c")
one.set()
del one
print()

for collections in range(4):
    print("survived", collections, end=": ")
    lost = chain("c")
    for _ in range(collections):
        gc.collect()
    del lost
    gc.collect()
    print()

slots, opened, derived, lists = Slots(), Open(), Derived(), Lists()
derived.x, derived.w = Told("x"), Told("w")
of_tuple, of_list = OfTuple([Told("tuple 1"), Told("tuple 2")]), OfList([Told("list 1"), Told("list 2")])
of_tuple.a, of_list.a = Told("of tuple"), Told("of list")
of_exception = OfException(Told("argument"))
of_exception.b, of_exception.a = Told("of exception b"), Told("of exception a")
last = chain("d")
print("at the end:", end=" ")
