"""Functions made from code objects, cells, starred aliases, and how callables are named in messages."""
import types
def f(a, b=2):
    return a + b + k
k = 1
g = types.FunctionType(f.__code__, {'k': 100}, 'g', (5,))
print(g(1), g.__name__, g.__defaults__, g.__qualname__)
def outer(x):
    def inner(): return x
    return inner
c = outer(3)
d = types.FunctionType(c.__code__, globals(), closure=(types.CellType(9),))
print(d())
for args in [(1,{}),(f.__code__,1),(f.__code__,{},1),(f.__code__,{},None,1),(c.__code__,{}),(c.__code__,{},None,None,()),(c.__code__,{},None,None,(1,)),(f.__code__,{},None,None,1)]:
    try: types.FunctionType(*args)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
print(f.__builtins__['len'])
class R:
    def __radd__(self, o): return ('radd', o)
    def __rmul__(self, o): return ('rmul', o)
    def __call__(self, **k): pass
    def m(self): pass
l=[1]; l += R(); print(l)
l=[1]; l *= R(); print(l)
print(3 in [3, 4] in [[3, 4]], 3 in [3, 4] not in [[3, 4]], 1 in {1,2} == {1,2})
import functools
for fn in (R(), R().m, functools.partial(print), print, "".join, [].append, int, R, None):
    for a in ("fn(*1)", "fn(**1)", "fn(**{'a':1}, **{'a':2})"):
        try: eval(a)
        except TypeError as e: print(str(e).split(' at 0x')[0])
def u():
    z = 1
    exec("z = 2\ndef setz():\n    global z\n    z = 3*z\nsetz()")
    return z
print(u(), z)
print(list(tuple[int, ...]), [*tuple[int, str]])
def func22(*args: *tuple[int, ...]) -> None: ...
print(func22.__annotations__)
class G[T, *Ts, **P]: pass
print(G.__orig_bases__, G.__parameters__)
def h[*Ts](*a: *Ts) -> tuple[*Ts]: ...
print(h.__annotations__)
def deco(f):
    @functools.wraps(f)
    def inner(*a): "in"; return f(*a)
    return inner
@deco
def bar(x: int): "bar doc"
bar.extra = 1
print({k: v for k, v in bar.__dict__.items() if k != '__wrapped__'}, vars(bar).keys(), bar.__module__, bar.__doc__, bar.__annotations__)
def q(): "d"
q.__doc__ = 'new'; q.__module__ = 'm'; q.tag = 5
print(q.__dict__, q.__doc__, q.__module__, q.__annotations__, q.__type_params__, q.__dict__)
q.__annotations__['a'] = 1
print(q.__annotations__, q.__dict__)
class OnlyDelete:
    def __delitem__(self, k): pass
class OnlySet:
    def __setitem__(self, k, v): pass
try: OnlyDelete()[1] = 2
except AttributeError as e: print(e)
try: del OnlySet()[1]
except AttributeError as e: print(e)
