# What a traceback holds in cycles goes with the program's module. Where the program had its garbage collected, the objects of
# the traceback stand in the collector's list before what only the module's variables hold.
import gc


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


class Cycle:
    pass


early = Told("early")


def fails():
    local = Told("local")
    raise ValueError("ends the program")


def outer():
    cycle, inner = Cycle(), Told("inner")
    try:
        fails()
    except ValueError as error:
        cycle.error, cycle.itself = error, cycle
        gc.collect()
        raise


late = Told("late")
try:
    outer()
except ValueError as error:
    gc.collect()
    behind = Told("behind")
    raise
