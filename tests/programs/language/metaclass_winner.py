"""Metaclasses of classes made by type(), cells of class bodies, and small rules of properties, dicts and copies."""

import collections.abc
import copy
import pickle
import weakref
from collections import UserList, defaultdict
from statistics import NormalDist

made = type("Made", (collections.abc.Iterable,), {"__iter__": lambda self: iter(())})
print(type(made), list(made()))


class Meta(type):
    def __new__(cls, name, bases, namespace, **options):
        print("new", name, options)
        return super().__new__(cls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **options):
        print("init", name)


class Base(metaclass=Meta):
    pass


derived = type("Derived", (Base,), {})
print(type(derived))


class Cells(type):
    def __new__(cls, name, bases, namespace, cell):
        namespace["__classcell__"] = cell
        return type.__new__(cls, name, bases, namespace)


for cell in (None, 5, "text"):
    try:
        class Odd(metaclass=Cells, cell=cell):
            def method(self):
                return __class__
    except TypeError as error:
        print(error)
print("te" + "xt")


class Early(defaultdict):
    def __init__(self):
        self.kind = "early"


print(Early().default_factory, defaultdict.__new__(defaultdict).default_factory)
print(defaultdict(default_factory=9))


class Key:
    pass


key = Key()
by_key = weakref.WeakKeyDictionary({key: [1]})
copied = copy.deepcopy(by_key)
print(len(copied), copied[key], copied[key] is by_key[key])
by_name = weakref.WeakValueDictionary({"key": key})
print(copy.copy(by_name)["key"] is key, copy.deepcopy(by_name)["key"] is key)
reference = weakref.ref(key)
print(copy.copy(reference) is reference, copy.deepcopy([reference])[0] is reference)
print(copy.deepcopy(Key.__init__) is Key.__init__, copy.deepcopy(Early.__init__.__code__) is Early.__init__.__code__)
values = UserList([1, 2])
values.note = ["a note"]
print(copy.copy(values).note)
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    print(pickle.loads(pickle.dumps(NormalDist(1, 2), protocol)))
