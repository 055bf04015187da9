"""A traceback keeps the frames it passes through, and these keep their locals, until the exception goes."""


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("  gone:", self.name)


def fail(thing):
    other = Noisy(thing.name + "'s local")
    raise ValueError(other.name)


def catch(name):
    try:
        fail(Noisy(name))
    except ValueError as e:
        print("caught", e)
    print("end of handler")


def keep(name):
    try:
        fail(Noisy(name))
    except ValueError as e:
        return e


catch("first")
error = keep("second")
print("kept", error)
error.__traceback__ = None
print("without traceback", error)

kept = keep("third")
while kept.__traceback__:
    kept.__traceback__ = kept.__traceback__.tb_next
    print("one frame less")


def generate():
    held = Noisy("generator's local")
    yield held.name
    raise KeyError("from generator")


try:
    for item in generate():
        print(item)
except KeyError as e:
    print("caught", e)
print("end")
