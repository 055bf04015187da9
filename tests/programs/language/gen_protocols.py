# Generators: send, throw, close, yield from delegation, return values, errors, introspection.
import inspect
def g():
    print("start")
    try:
        x = yield 1
        print("got", x)
        try: y = yield 2
        except ValueError as e: print("caught", e); y = yield "recovered"
        print("y", y)
    finally: print("finally")
    return "ret"
it = g(); print(next(it), it.send("a"), it.throw(ValueError("boom")))
try: it.send("z")
except StopIteration as s: print("stop", s.value)
print(next(it, "default"))
for f in (lambda: g().send(1), lambda: next(it), lambda: g().throw(KeyError("k")), lambda: g().throw("x"), lambda: g().throw(ValueError), lambda: g().throw(ValueError, "msg"), lambda: g().close(), lambda: len(g()), lambda: g()[0], lambda: iter(5), lambda: next(5)):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
def inner():
    try:
        r = yield "i1"; print("inner got", r); yield "i2"
    except KeyError as e: print("inner caught", e); yield "after"
    except GeneratorExit: print("inner closed"); raise
    return "inner result"
def outer():
    v = yield from inner(); print("v =", v)
    w = yield from [10, 20]
    print("w", w); return "outer result"
o = outer(); print(next(o), o.send("S"), o.throw(KeyError("K")), next(o), next(o))
try: next(o)
except StopIteration as e: print(e.value)
o = outer(); next(o); o.close()
def stubborn():
    while True:
        try: yield 1
        except GeneratorExit: print("ignoring")
s = stubborn(); next(s)
try: s.close()
except RuntimeError as e: print(e)
def ret_close():
    try: yield 1
    except GeneratorExit: return "closed value"
r = ret_close(); next(r); print(r.close(), r.close())
def si(): yield 1; raise StopIteration("x")
try: list(si())
except RuntimeError as e: print(e, repr(e.__cause__))
def reent():
    yield next(gg)
gg = reent()
try: next(gg)
except ValueError as e: print(e)
q = g(); print(inspect.getgeneratorstate(q), q.gi_running, q.gi_frame.f_lineno, q.gi_yieldfrom, q.gi_code.co_name, q.__name__, q.__qualname__); next(q); print(inspect.getgeneratorstate(q), inspect.getgeneratorlocals(q)); q.close(); print(inspect.getgeneratorstate(q), q.gi_frame)
def countdown(n):
    while n: n -= (yield n) or 1
c = countdown(10); print(next(c), c.send(3), next(c), list(c))
def flatten(x):
    for i in x:
        if isinstance(i, list): yield from flatten(i)
        else: yield i
print(list(flatten([1, [2, [3, [4]], 5]])), sum(flatten([[1], [2]])))
def avg():
    t = n = 0; a = None
    while True:
        v = yield a
        if v is None: return a
        t += v; n += 1; a = t / n
def grouper(res, k):
    while True: res[k] = yield from avg()
res = {}
for k, vs in {"a": [1, 2, 3], "b": [10]}.items():
    gr = grouper(res, k); next(gr)
    for v in vs: gr.send(v)
    gr.send(None)
print(res)
def pipeline():
    def src():
        for i in range(6): print("produce", i); yield i
    def even(x): return (v for v in x if v % 2 == 0)
    def sq(x):
        for v in x: yield v * v
    return sq(even(src()))
p = pipeline(); print(next(p), next(p))
class Tree:
    def __init__(s, v, l=None, r=None): s.v, s.l, s.r = v, l, r
    def __iter__(s):
        if s.l: yield from s.l
        yield s.v
        if s.r: yield from s.r
print(list(Tree(2, Tree(1), Tree(3))), 3 in Tree(2, Tree(1), Tree(3)), max(Tree(1)), *Tree(5))
def two(): x = yield; print("x", x); y = yield x; print("y", y)
t = two(); t.send(None); print(t.send(7)); print(next(t, "end"))
class It:
    def __init__(s, n): s.n = n
    def __iter__(s): return s
    def __next__(s):
        if s.n <= 0: raise StopIteration
        s.n -= 1; return s.n
def deleg(): r = yield from It(3); print("r", r)
d = deleg(); print(next(d))
try: d.send(5)
except AttributeError as e: print(e)
print(list(zip(It(3), "abc")), dict(enumerate(It(2))), [*map(lambda a, b: a + b, It(3), It(2))], list(iter(lambda l=[1, 2, 0]: l.pop(0), 0)))
def ctx():
    try:
        try: yield
        except ValueError: raise TypeError("converted")
    finally: print("ctx fin")
z = ctx(); next(z)
try: z.throw(ValueError("orig"))
except TypeError as e: print(e, repr(e.__context__))
def noiter(): yield from 5
try: next(noiter())
except TypeError as e: print(e)
import types
@types.coroutine
def legacy(): x = yield "y"; return x
async def co(): return await legacy()
k = co(); print(k.send(None), inspect.getcoroutinestate(k))
try: k.send("done")
except StopIteration as e: print(e.value)
