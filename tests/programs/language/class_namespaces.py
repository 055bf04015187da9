"""What lies in the namespaces of classes, and what dir() tells of instances, functions and generators."""
import enum
import weakref


class Plain:
    pass


class Documented:
    "doc"
    x = 1

    def __eq__(self, other):
        return True


class Error(Exception): pass
class Number(int): pass
class Text(str): pass
class Pair(tuple): pass
class Items(list): pass
class Table(dict): pass
class Members(set): pass
class Meta(type): pass
class Prop(property): pass
class Slotted: __slots__ = ("b", "a", "__dict__")
class Weak: __slots__ = ("a", "__weakref__")
class Derived(Plain): pass
class More(Plain): __slots__ = ("q",)


for cls in (Plain, Documented, Error, Number, Text, Pair, Items, Table, Members, Meta, Prop, Slotted, Weak, Derived, More):
    print(cls.__name__, list(cls.__dict__))

print(Plain.__dict__)
print(type(Plain.__dict__["__dict__"]), Plain.__dict__["__dict__"].__get__(Plain()))
one = Plain()
print(one.__weakref__, weakref.ref(one) is one.__weakref__)
ref = weakref.ref(one)
print(ref is one.__weakref__)
print(dir(one) == dir(Plain), dir(object()))
print(dir([]))


def function():
    yield


print([name for name in dir(function) if name in ("__dict__", "__module__", "__weakref__", "__builtins__")])
print([name for name in dir(function()) if name in ("__dict__", "__module__", "__weakref__")])
for obj in (Weak(), 1, object(), [], function()):
    try:
        print(obj.__dict__)
    except AttributeError as error:
        print(error)
    try:
        print(obj.__module__)
    except AttributeError as error:
        print(error)
print(Slotted().__dict__, function.__dict__, ValueError().__dict__, vars(one))
one.__dict__ = {"z": 1}
print(one.z)
try:
    one.__dict__ = 3
except TypeError as error:
    print(error)


class Color(enum.Enum):
    RED = 1


print("__dict__" in dir(Color.RED), "__weakref__" in vars(Color))
