# In which order the attributes of an object go that nobody refers to any more.
import weakref


class Noisy:
    def __init__(self, name, *held):
        self.name, self.held = name, held

    def __del__(self):
        print("gone", self.name)


class Plain:
    def __init__(self):
        self.z = Noisy("z")
        self.x = Noisy("x")
        self.a = Noisy("a")

    def later(self):
        self.c = Noisy("c")


print("by name, others as they were set")
plain = Plain()
plain.other, plain.another = Noisy("other"), Noisy("another")
plain.later()
print(list(vars(plain)))
del plain


class Derived(Plain):
    def __init__(self):
        self.y = Noisy("y")
        super().__init__()
        self.b = Noisy("b")


class Silent(Plain):
    pass


print("each class has its own")
derived = Derived()
del derived
print("and none")
silent = Silent()
silent.k = Noisy("k")
del silent


class Slots:
    __slots__ = "z", "b", "y"

    def __init__(self):
        self.b, self.z, self.y = Noisy("b"), Noisy("z"), Noisy("y")


class MoreSlots(Slots):
    __slots__ = ("c", "a")

    def __init__(self):
        super().__init__()
        self.c, self.a = Noisy("c"), Noisy("a")


class SlotsAndOthers(MoreSlots):
    __slots__ = ("x", "__dict__")

    def __init__(self):
        self.second, self.first, self.x = Noisy("second"), Noisy("first"), Noisy("x")
        super().__init__()


for cls in Slots, MoreSlots, SlotsAndOthers:
    print(cls.__name__)
    cls()


class Nested:
    def __init__(self):
        self.low = Noisy("low", Noisy("within low"))
        self.high = Noisy("high", Noisy("within high"))
        self.list = [Noisy("first"), Noisy("second")]


print("each with what it holds")
nested = Nested()
order = [weakref.ref(nested.list[0], lambda ref: print("told of first"))]
del nested

print("kept ones stay")
plain = Plain()
kept = plain.x
del plain
print("end")
