# Enum: members, aliases, auto, unique, Flag arithmetic, StrEnum, IntEnum, functional API, methods, errors.
from enum import *
class Color(Enum):
    RED = 1; GREEN = 2; BLUE = 3; CRIMSON = 1
    @property
    def hex(self): return f"#{self.value:06x}"
    @classmethod
    def default(cls): return cls.GREEN
    @staticmethod
    def s(): return "static"
    def __str__(self): return f"<{self.name.title()}>"
print(Color.RED, repr(Color.RED), Color(2), Color["BLUE"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.hex, Color.default(), list(Color.__members__), f"{Color.RED}", "%s" % Color.RED, Color.RED.name, Color.RED in Color, 1 in Color, 9 in Color, "RED" in Color)
for f in (lambda: Color(9), lambda: Color["X"], lambda: Color.NOPE, lambda: setattr(Color, "RED", 5), lambda: delattr(Color, "RED"), lambda: Color.RED < Color.BLUE, lambda: exec("class X(Color): pass", {"Color": Color}), lambda: setattr(Color.RED, "value", 5), lambda: Color(), lambda: Color.RED + 1, lambda: exec("class D(Enum):\n A = 1\n A = 2", {"Enum": Enum}), lambda: unique(Color), lambda: Color.RED.BLUE, lambda: Color.RED()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class A(Enum):
    def _generate_next_value_(name, start, count, last): return (name.lower(), start, count, last)
    X = auto(); Y = auto()
print(list(A), {Color.RED: 1}, Color.RED == 1, Color.RED != Color.BLUE, hash(Color.RED) == hash("RED"), type(Color.RED), isinstance(Color.RED, Color), Color.RED is Color(1))
class N(IntEnum): ONE = 1; TWO = auto(); TEN = 10; NEXT = auto()
print(N.TWO, repr(N.TWO), N.TWO + 1, N.ONE < N.TWO, N(10), f"{N.TWO}", f"{N.TWO:03}", "%d" % N.TWO, sorted([N.TEN, N.ONE]), N.NEXT.value, [10, 20, 30][N.TWO], N.TWO == 2, N.TWO in (2,), max(N), sum(N))
class S(StrEnum): FOO = auto(); BAR = "b-a-r"
print(S.FOO, repr(S.BAR), S.FOO == "foo", S.BAR.upper(), f"{S.FOO:>6}", "-".join(S), S("foo"), {"foo": 1}[S.FOO])
class F(Flag): R = auto(); W = auto(); X = auto(); RW = R | W
print(F.R | F.X, repr(F.R | F.X), F.RW, F.RW & F.W, ~F.R, F.R ^ F.RW, F(0), repr(F(0)), bool(F(0)), F.R in F.RW, list(F.RW), len(F.RW), F(7), F.R | F.W is F.RW, F.RW.value, list(F), F["RW"], (F.R | F.X).name)
for f in (lambda: F(8), lambda: F.R | 1, lambda: F("x"), lambda: F.R in 5, lambda: 1 in F.R):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class IF(IntFlag): A = 1; B = 2; C = 4
print(IF.A | IF.C, repr(IF.A | 8), IF(5), IF.A + 1, ~IF.A, repr(~IF.A), IF.A | 2, IF(0), repr(IF(16)), f"{IF.A | IF.B}", IF.A == 1, list(IF(6)))
class Strict(Flag, boundary=STRICT): A = 1
class Conf(Flag, boundary=CONFORM): A = 1
class Ej(Flag, boundary=EJECT): A = 1
class Kp(Flag, boundary=KEEP): A = 1
print(repr(Conf(3)), repr(Ej(3)), repr(Kp(3)))
Animal = Enum("Animal", "CAT DOG"); T = Enum("T", {"A": 10, "B": "x"}); I = IntEnum("I", ["P", "Q"], start=5)
print(list(Animal), Animal.CAT.value, list(T), I.Q, repr(I.Q), Animal.__module__, Enum("E", [("a", 1), ("b", 2)]).b.value)
class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6); MARS = (6.421e23, 3.3972e6)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def g(self): return 6.673e-11 * self.mass / self.radius ** 2
print([(p.name, round(p.g, 2)) for p in Planet], Planet.EARTH.value, Planet((6.421e23, 3.3972e6)))
class Coord(bytes, Enum):
    def __new__(cls, v, label):
        o = bytes.__new__(cls, [v]); o._value_ = v; o.label = label; return o
    PX = (0, "P.X"); PY = (1, "P.Y")
print(Coord(1), Coord.PX.label, Coord.PX.value)
class Missing(Enum):
    A = "a"; B = "b"
    @classmethod
    def _missing_(cls, v): return cls.A if v == "?" else None
print(Missing("?"));
try: Missing("z")
except ValueError as e: print(e)
class Op(Enum):
    ADD = member(lambda a, b: a + b); CONST = nonmember(99)
    def __call__(self, *a): return self.value(*a)
print(Op.ADD(2, 3), Op.CONST, list(Op)[0].name)
class Day(Enum):
    _ignore_ = ["i"]
    i = 5
    MON = 1; TUE = 2
    _order_ = "MON TUE"
    def next(self): return Day(self.value % 2 + 1)
print(Day.MON.next(), Day.TUE.next(), hasattr(Day, "i"), [d.name for d in reversed(Day)])
@verify(UNIQUE, CONTINUOUS)
class V(Enum): A = 1; B = 2
try:
    @verify(CONTINUOUS)
    class W(Enum): A = 1; B = 5
except ValueError as e: print(e)
try:
    @unique
    class UU(Enum): A = 1; B = 1
except ValueError as e: print(e)
match Color.RED:
    case Color.BLUE: print("blue")
    case Color.RED: print("matched red")
import pickle, copy, json; print(pickle.loads(pickle.dumps(Color.RED)) is Color.RED, copy.deepcopy(F.RW) is F.RW, json.dumps({"n": N.TWO, "s": S.BAR}), dir(Color.RED)[-3:], Color.__doc__, [m for m in dir(Color) if not m.startswith("_")], Color.RED._value_, Color.RED.__class__, Color._member_names_, global_enum(Enum("GE", "ZZ1")) and "g")
print(show_flag_values(7), F.R.__or__(F.W), type(Color), EnumType is type(Color), Enum("Empty", "") and list(Enum("Empty", "")))
