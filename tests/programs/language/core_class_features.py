# Classes: dunder call chains, class attributes vs instance attributes, copies, equality, ordering, context, iteration, callable, slots.
class Vec:
    __slots__ = ("x", "y")
    count = 0
    def __init__(self, x=0, y=0): self.x, self.y = x, y; type(self).count += 1
    def __repr__(self): return f"{type(self).__name__}({self.x!r}, {self.y!r})"
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y) if isinstance(o, Vec) else NotImplemented
    def __hash__(self): return hash((self.x, self.y))
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y)
    def __sub__(self, o): return Vec(self.x - o.x, self.y - o.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __neg__(self): return self * -1
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __bool__(self): return bool(self.x or self.y)
    def __iter__(self): yield self.x; yield self.y
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __contains__(self, v): return v in (self.x, self.y)
    def __reversed__(self): return iter((self.y, self.x))
    def __format__(self, spec): return "(" + ", ".join(format(c, spec) for c in self) + ")"
    def __round__(self, n=None): return Vec(round(self.x, n), round(self.y, n))
    def __complex__(self): return complex(self.x, self.y)
    def __lt__(self, o): return abs(self) < abs(o)
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __divmod__(self, k): return Vec(self.x // k, self.y // k), Vec(self.x % k, self.y % k)
    def __call__(self, f): return Vec(*map(f, self))
    def __getstate__(self): return (self.x, self.y)
    def __setstate__(self, s): self.x, self.y = s
    @classmethod
    def from_tuple(cls, t): return cls(*t)
    @staticmethod
    def origin(): return Vec()
a, b = Vec(1, 2), Vec.from_tuple((3, 4)); print(a + b, b - a, a * 2, 2 * a, -a, abs(b), bool(Vec.origin()), list(a), a[0], a[-1], len(a), 3 in b, list(reversed(b)), f"{b:.2f}", round(Vec(1.26, 2.34), 1), complex(b), sorted([b, a]), a @ b, divmod(b, 2), b(str), a == Vec(1, 2), a != b, {a: 1}[Vec(1, 2)], Vec.count, max(a, b), sum([a, b], Vec()), [*a], dict([a]))
x, y = a; print(x, y, a == 5, hash(a) == hash(Vec(1, 2)))
for f in (lambda: a + 1, lambda: a * "x", lambda: "x" * a, lambda: a < 5, lambda: a.z, lambda: setattr(a, "z", 1), lambda: a[5], lambda: Vec(1, 2, 3), lambda: a @ 2, lambda: 1 - a, lambda: a > 5, lambda: a >= b, lambda: a ** 2, lambda: int(a), lambda: a.x.y, lambda: Vec.from_tuple(5), lambda: a(), lambda: a.__dict__):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
import copy, pickle; c = copy.copy(a); d = pickle.loads(pickle.dumps(b)); print(c, c is a, d == b)
class Vec3(Vec):
    __slots__ = ("z",)
    def __init__(self, x=0, y=0, z=0): super().__init__(x, y); self.z = z
    def __repr__(self): return super().__repr__()[:-1] + f", {self.z})"
v = Vec3(1, 2, 3); print(v, v == Vec(1, 2), isinstance(v, Vec), Vec3.__slots__, Vec3.count, Vec.count, Vec3.__mro__, Vec3.__base__, hasattr(v, "__dict__"), v.origin(), Vec3.from_tuple((7, 8)))
class D:
    shared = []
    n = 0
    def __init__(self): self.own = []
d1, d2 = D(), D(); d1.shared.append(1); d1.own.append(1); d1.n += 1; print(d2.shared, d2.own, d1.n, D.n, d1.__dict__, vars(d2), "n" in d1.__dict__); D.m = lambda self: "patched"; print(d1.m(), D.__dict__["m"].__name__); d1.m = lambda: "instance"; print(d1.m(), d2.m()); del d1.m, D.m
try: d1.m()
except AttributeError as e: print(e)
print(type(d1) is D, D.__name__, D.__module__, D.__qualname__, D.__doc__, type(D), isinstance(D, type), issubclass(D, object), D.__bases__, dir(d1)[-3:], callable(D), callable(d1), d1.__class__.__name__)
d1.__class__ = type("E", (D,), {"hi": lambda s: "hi"}); print(d1.hi(), type(d1).__name__)
class Priv:
    def __init__(self): self.__secret, self._p = 1, 2
    def get(self): return self.__secret
    def __hidden(self): return "h"
    def call(self): return self.__hidden()
p = Priv(); print(p.get(), p._Priv__secret, p.call(), sorted(vars(p)))
try: p.__secret
except AttributeError as e: print(e)
try: p.get(1)
except TypeError as e: print(e)
try: Priv.get()
except TypeError as e: print(e)
class Chain:
    def __init__(self): self.ops = []
    def __getattr__(self, n): return lambda *a: (self.ops.append((n, a)), self)[1]
print(Chain().select("a").where(1, 2).ops)
class Meta(type):
    def __iter__(cls): return iter(cls.items)
    def __getattr__(cls, n): return f"meta:{n}"
    @property
    def size(cls): return len(cls.items)
class Coll(metaclass=Meta): items = [1, 2]
print(list(Coll), Coll.anything, Coll.size, hasattr(Coll(), "size"))
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return Count(self.n)
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1; return self.n
    def __length_hint__(self): return self.n
c = Count(3); print(list(c), list(c), next(c), [*c], sum(c), dict(enumerate(c)), list(zip(c, c)), tuple(c), sorted(c), max(c), 1 in c)
