"""At the end objects go in the order in which they are found from the globals, which are all there meanwhile; lost cycles
go before."""


def told(name):
    print("gone:", name)


class Loses:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        told(self.name)


def generator():
    try:
        yield
    finally:
        told("a generator")


def closure():
    within = Loses("in a closure")
    return lambda: within


waiting = generator()
next(waiting)
first = [Loses("1 in a list"), [Loses("deeper"), Loses("deeper still")], Loses("2 in a list")]
_second = Loses("private")
holder = Loses("holds another")
holder.other = Loses("held")
pair = Loses("1 in a tuple"), Loses("2 in a tuple")
table = {"key": Loses("in a dict"), Loses("a key"): 1}
function = closure()
cycle = Loses("in a lost cycle")
cycle.me = cycle
del cycle
last = Loses("last")
