"""What is remembered about a class is forgotten when the class changes, in whatever way."""


class Base:
    shared = 1

    def who(self):
        return "base"


class Child(Base):
    pass


def ask(thing):
    return thing.who()


def read(thing):
    return thing.shared


def holds(thing):
    return "true" if thing else "false"


child = Child()
child.shared = "own"


def show(what):
    print(what, [ask(child), read(child), holds(child)])


def getter(self):
    return "computed"


class Descriptor:
    def __set__(self, thing, value):
        print("set", value)

    def __get__(self, thing, owner):
        return "descriptor"


class Plain:
    pass


show("at first")
Base.who = lambda self: "replaced"
show("a method is replaced")
Child.who = lambda self: "nearer"
show("a nearer one")
child.who = lambda: "own"
show("one of its own")
del child.who
show("gone again")
Child.who = property(lambda self: lambda: "from a property")
show("a property")
del Child.who
show("without")
Base.shared = property(getter)
show("a property hides what the object has")
Base.shared = 2
show("a number does not")
marker = Plain()
Base.shared = marker
show("nor does a plain object")
marker.__class__ = Descriptor
show("which becomes a descriptor")
child.shared = 5
marker.__class__ = Plain
show("and a plain object again")
del Plain
Descriptor.__set__ = None
Base.__len__ = lambda self: 0
show("a length of none")
Child.__bool__ = lambda self: True
show("its own truth")
del Child.__bool__
show("a length again")
del Base.__len__
show("neither")
Child.__getattribute__ = lambda self, name: (lambda: "caught") if name == "who" else "caught"
show("attributes are caught")
del Child.__getattribute__
show("and not any more")
Child.__getattr__ = lambda self, name: "missing " + name
print(read(child), child.nothing)
Child.__bases__ = (type("Other", (), {"who": lambda self: "other", "shared": 3}),)
show("other bases")
child.__class__ = Base
show("another class")


class Counter:
    total = 0

    def __init__(self):
        Counter.total += 1
        Counter.last = self

    def number(self):
        return Counter.last is self


print([Counter().number() for _ in range(3)], Counter.total)
for turn in range(4):
    Base.who = (lambda turn: lambda self: turn)(turn)
    print(ask(child), end=" ")
print()


class Slots:
    __slots__ = ("value",)

    def __init__(self):
        self.value = 1


slots = Slots()
for turn in range(2):
    slots.value += 1
    print(slots.value, end=" ")
Slots.value = 7
print(slots.value)
try:
    slots.value = 8
except AttributeError as error:
    print(error)
