"""What is lost in cycles, and what the program still holds at its end, goes in the order in which the collector finds it."""

import gc


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def fails():
    first, second, third = Told("first"), Told("second"), Told("third")
    raise ValueError


def generates():
    one, two = Told("one"), Told("two")
    itself = yield
    yield itself, one, two


def lose_in_a_cycle():
    try:
        fails()
    except ValueError as exc:
        kept = exc
    kept.itself = kept


print("-- by counts: the last variable first")
try:
    fails()
except ValueError:
    pass

print("-- in a cycle: the first variable first")
lose_in_a_cycle()
gc.collect()

print("-- a generator lets go of its variables, the last first")
lost = generates()
next(lost)
lost.send(lost)
del lost
gc.collect()


def fails_again(names):
    a, b = Told(names[0]), Told(names[1])
    a.itself, b.itself = a, b
    raise KeyError


try:
    fails_again(["deep 1", "deep 2"])
except KeyError as exc:
    error = exc
error.itself = error


class Holder:
    pass


values = [Told("list 1"), Told("list 2")]
holder = Holder()
holder.z, holder.a = Told("attribute z"), Told("attribute a")
halfway = generates()
next(halfway)
print("-- at the end")
