# functools: lru_cache info, partialmethod, reduce, wraps, cache on methods, cmp_to_key, Placeholder.
from functools import *
@lru_cache(maxsize=2)
def sq(x, typed=1): print("calc", x); return x * x
print(sq(2), sq(2), sq(3), sq(4), sq(2), sq.cache_info(), sq.cache_parameters()); sq.cache_clear(); print(sq.cache_info(), sq.__wrapped__(9))
@lru_cache(typed=True)
def ty(x): return type(x).__name__
print(ty(1), ty(1.0), ty(True), ty.cache_info())
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info().currsize, fib.cache_info())
for f in (lambda: sq([1]), lambda: lru_cache(maxsize="x")(len), lambda: reduce(lambda a, b: a, []), lambda: partial(5), lambda: partial(), lambda: reduce(1, [1, 2]), lambda: cmp_to_key(5)(1) < cmp_to_key(5)(2), lambda: singledispatch(len)(), lambda: total_ordering(type("X", (), {})), lambda: partial(int, Placeholder), lambda: partial(pow, Placeholder, 2)(), lambda: wraps()(1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
p = partial(print, "a", sep="|", end="!\n"); p("b", "c"); p("x", sep="-"); print(p.func is print, p.args, p.keywords, repr(partial(int, base=16)), partial(partial(pow, 2), 3)(), partial(partial(pow, 2), 3).args)
class Cell:
    def __init__(s): s.alive = False
    def set(s, v, tag=None): s.alive = v; return tag
    on = partialmethod(set, True, tag="on"); off = partialmethod(set, False)
c = Cell(); print(c.on(), c.alive, c.off(tag="o"), c.alive)
print(reduce(lambda a, b: f"({a}{b})", "abcd"), reduce(lambda a, b: a + b, [[1], [2]], []), reduce(max, [3, 9, 2]), sorted(["b", "A", "c"], key=cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))), reduce(lambda acc, x: {**acc, x: acc.get(x, 0) + 1}, "hello", {}))
@wraps(fib, assigned=("__name__",))
def w(): pass
print(w.__name__, w.__wrapped__ is fib, w.__doc__, WRAPPER_ASSIGNMENTS, WRAPPER_UPDATES)
class Pr:
    def __init__(s, n): s.n = n
    @cached_property
    def exp(s): print("computing"); return s.n ** 2
a = Pr(3); print(a.exp, a.exp, a.__dict__, Pr.exp.attrname, type(Pr.exp).__name__)
@total_ordering
class Ver:
    def __init__(s, *p): s.p = p
    def __eq__(s, o): return s.p == o.p if isinstance(o, Ver) else NotImplemented
    def __lt__(s, o): return s.p < o.p if isinstance(o, Ver) else NotImplemented
print(Ver(1, 2) <= Ver(1, 2), Ver(2) > Ver(1, 9), Ver(1) != Ver(1), Ver(1) == 5)
try: Ver(1) >= 5
except TypeError as e: print(e)
@singledispatch
def area(s): raise NotImplementedError(f"no area for {type(s).__name__}")
@area.register(int)
@area.register(float)
def _(s): return s * s
@area.register
def _(s: tuple): return s[0] * s[1]
@area.register(dict)
def area_dict(s): return area(tuple(s.values()))
print(area(2), area(1.5), area((2, 3)), area({"w": 4, "h": 5}), area(True), sorted(k.__name__ for k in area.registry), area.dispatch(int)(3))
try: area("s")
except NotImplementedError as e: print(e)
try:
    @area.register
    def _(s): pass
except TypeError as e: print(e)
try:
    @area.register("x")
    def _(s): pass
except TypeError as e: print(e)
def compose(*fs): return reduce(lambda f, g: lambda *a: f(g(*a)), fs)
print(compose(str, lambda x: x + 1, int)("41"), [f(3) for f in map(lambda n: partial(pow, n), (2, 3))], list(map(partial(pow, Placeholder, 2), [1, 2, 3])))
hits = []
class Svc:
    @lru_cache(maxsize=None)
    def get(self, k, *, d=0): hits.append(k); return k + d
    def __hash__(s): return 1
    def __eq__(s, o): return True
print(Svc().get(1), Svc().get(1), Svc().get(1, d=2), Svc().get(k=1), hits, Svc.get.cache_info(), Svc.get)
d = lru_cache(lambda x: x); print(d(1), d.cache_parameters(), update_wrapper(partial(len), len).__name__)
@lru_cache(maxsize=3)
def order(x): hits.append(x); return x
hits.clear(); [order(i) for i in (1, 2, 3, 1, 4, 2, 1)]; print(hits, order.cache_info())
print(sorted(n for n in dir(__import__("functools")) if n in ("cache", "reduce", "wraps")))
