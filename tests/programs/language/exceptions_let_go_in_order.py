# In which order exceptions, and objects whose attributes are kept in a dict from the start, let go of what they hold.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
class Own(Exception):
    def __init__(self, *args):
        super().__init__(*args)
        self.z, self.a = D("z"), D("a")
def fails(make):
    w = D("frame")
    exc = make(D("args"))
    exc.extra = D("extra")
    exc.__cause__ = ValueError(D("cause"))
    try:
        raise exc
    finally:
        exc = None
for make in ValueError, Own, lambda x: ExceptionGroup("m", [ValueError(x)]), SystemExit, StopIteration, ImportError, OSError:
    print("--")
    try:
        fails(make)
    except BaseException:
        pass
    make = None


def test(base, *arguments):
    class Own(base):
        def __init__(self):
            super().__init__(*arguments)
            self.z, self.a, self.m = D("z"), D("a"), D("m")

    class Twice(Own):
        def __init__(self):
            super().__init__()
            self.y, self.b = D("y"), D("b")

    for kind in Own, Twice:
        print("--", base.__name__)
        made = kind()
        del made


for base in object, list, dict, int, Exception, OSError, BaseException:
    test(base)
test(type(__import__("sys")), "name")

kept = []


def fails_in_group():
    inner = D("inner")
    try:
        1 / 0
    except* Exception:
        raise


def raises_again():
    outer = D("outer")
    try:
        raise kept[0]
    except Exception:
        pass


print("-- a group and its exceptions have the frame")
try:
    fails_in_group()
except BaseException as exc:
    kept.append(exc)
    exc = None
raises_again()
kept.clear()
empty = ()
print(empty is tuple(), empty.__class__() is empty, ValueError().args is empty, (1,)[1:] is empty)
