# Function arguments of all kinds and every error message for wrong calls.
def f(a, b=2, /, c=3, *args, d, e=5, **kw): return (a, b, c, args, d, e, kw)
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(1, d=4, a=9, b=8), f(*[1, 2], **{"d": 3, "e": 4}))
def g(a, b): pass
def h(*, k): pass
def po(x, /): pass
def df(a, b=1): pass
def va(*a): pass
def three(a, b, c): pass
def kws(*, x, y, z): pass
class K:
    def m(self, a): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
    def __init__(self, q=1): pass
    def __call__(self, z): pass
k = K()
for i, call in enumerate([lambda: f(), lambda: f(1), lambda: f(d=1), lambda: g(), lambda: g(1), lambda: g(1, 2, 3), lambda: g(1, 2, c=3), lambda: g(1, a=2), lambda: h(1), lambda: h(), lambda: h(j=1), lambda: po(x=1), lambda: po(), lambda: df(), lambda: df(1, 2, 3), lambda: df(b=1), lambda: va(a=1), lambda: three(), lambda: three(1), lambda: three(1, 2), lambda: kws(), lambda: kws(x=1), lambda: kws(1, x=1, y=2, z=3), lambda: k.m(), lambda: k.m(1, 2), lambda: K.m(), lambda: K.c(), lambda: K.s(), lambda: K.s(1, 2), lambda: K(1, 2), lambda: K(z=1), lambda: k(), lambda: k(1, 2), lambda: (lambda x: x)(), lambda: (lambda: 0)(1), lambda: g(*[1, 2, 3]), lambda: g(**{"a": 1, "b": 2, "c": 3}), lambda: g(**{"a": 1}), lambda: f(1, 2, 3, 4, c=5, d=1), lambda: po(1, x=2), lambda: g(b=1, c=2), lambda: three(a=1, d=2), lambda: h(k=1, kk=2), lambda: df(1, bb=2), lambda: g(1, 2, 3, 4), lambda: three(1, 2, 3, 4, 5), lambda: h(1, 2, k=3)]):
    try: call(); print(i, "ok")
    except TypeError as e: print(i, e)
def defaults(x, acc=[], *, seen=set()): acc.append(x); seen.add(x); return acc, seen
print(defaults(1), defaults(2), defaults(3, []), defaults.__defaults__, defaults.__kwdefaults__)
def ann(a: int, *b: str, c: "later" = None, **d: float) -> list[int]: "Doc string."; return [a]
print(ann.__annotations__, ann.__doc__, ann.__name__, ann.__code__.co_varnames, ann.__code__.co_argcount)
def outer(fn, *args, **kwargs): return fn(*args, **kwargs)
print(outer(max, 3, 9, 2), outer(sorted, [3, 1], reverse=True), outer(lambda **k: k, a=1), outer(print, "x", "y", sep="-", end="!\n"))
def rec(n): return 1 if n <= 1 else n * rec(n - 1)
print(rec(20), (lambda f, n: f(f, n))(lambda s, n: 1 if n < 2 else n * s(s, n - 1), 5))
def multi(): return 1, [2, 3], {"k": 4}
a, [b, c], d = multi(); print(a, b, c, d, multi()[2]["k"])
def gen_args(): yield from (1, 2)
print(f(*gen_args(), d=0), [*gen_args(), *"ab"], {**dict(a=1), "b": 2})
def nested(x):
    def inner(y=x): return x + y
    x *= 2
    return inner
print(nested(3)(), nested(3)(1), nested.__code__.co_cellvars)
import inspect; print(inspect.signature(f), inspect.signature(K), inspect.signature(k.m), inspect.signature(ann))
x = 10
def scope_test():
    try: print(x)
    except UnboundLocalError as e: print(type(e).__name__, e)
    x = 5
    return x
print(scope_test(), x)
compose = lambda *fs: lambda v: __import__("functools").reduce(lambda acc, fn: fn(acc), fs, v); print(compose(str, len, lambda n: n * 2)(12345))
def early(n):
    for i in range(n):
        if i == 3: return f"found {i}"
    else: return "exhausted"
print(early(2), early(5), (lambda: (yield))().__class__.__name__, print("side") or "effect", [print(i, end=" ") for i in range(3)])
try: rec("a")
except TypeError as e: print(e)
def inf(n): return inf(n + 1)
try: inf(0)
except RecursionError as e: print(e)
