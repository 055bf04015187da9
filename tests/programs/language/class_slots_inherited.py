# __slots__ with inheritance, member descriptors, weakref, dict.
class A: __slots__ = ("x",)
class B(A): pass
class C(A): __slots__ = ("y", "__dict__")
class D(A): __slots__ = "z"
class E: __slots__ = ["p", "_E__q", "__r"]
class F(A): __slots__ = ("x",)
b = B(); b.x = 1; b.other = 2; print(b.__dict__, b.x, vars(b)); c = C(); c.x, c.y, c.w = 1, 2, 3; print(c.__dict__, c.y, sorted(dir(c))[-3:]); d = D(); d.x = d.z = 5
for f in (lambda: setattr(d, "q", 1), lambda: d.__dict__, lambda: vars(d), lambda: A().x, lambda: delattr(A(), "x"), lambda: setattr(A(), "__weakref__", 1), lambda: A.x.__get__(5), lambda: A.x.__get__(None, A), lambda: A.x.__name__, lambda: A.x.__objclass__, lambda: A.x, lambda: type(A.x), lambda: D.z.__set__(A(), 1), lambda: A.__slots__, lambda: B.__slots__, lambda: E.__slots__, lambda: sorted(k for k in E.__dict__ if not k.startswith("__")), lambda: hasattr(A(), "x"), lambda: A.x.__doc__, lambda: A(1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
import copy, pickle
print(copy.copy(d).z, copy.deepcopy(c).__dict__, [copy.copy(b).x, copy.copy(b).other])
for src in ("class X:\n __slots__ = ('a', 'a')", "class X:\n __slots__ = ('x y',)", "class X:\n __slots__ = (5,)", "class X(int):\n __slots__ = ('a',)", "class X(tuple):\n __slots__ = ()", "class X:\n __slots__ = ('__dict__', '__dict__')", "class X(A, E): pass", "class X(B, C): __slots__ = ()", "class X:\n __slots__ = {'a': 'doc of a'}\nprint(X.a.__doc__, X.__slots__)", "class X(A):\n __slots__ = ('__weakref__',)\nimport weakref; x = X(); print(weakref.ref(x)() is x)", "class X:\n __slots__ = ('a',)\n a = 1", "class X(Exception):\n __slots__ = ('c',)\nx = X(1); x.c = 2; x.d = 3; print(x.c, x.d, x.args)"):
    try: exec(src); print("ok")
    except Exception as e: print(type(e).__name__, e)
class P:
    __slots__ = ("name", "_age")
    def __init__(self, name, age): self.name, self._age = name, age
    @property
    def age(self): return self._age
    def __repr__(self): return "P(" + ", ".join(f"{s}={getattr(self, s)!r}" for s in self.__slots__) + ")"
    def __eq__(self, o): return all(getattr(self, s) == getattr(o, s) for s in self.__slots__)
p = P("a", 3); print(p, p.age, p == P("a", 3), [getattr(p, s, None) for s in P.__slots__]); del p.name; print(hasattr(p, "name"))
try: print(p)
except AttributeError as e: print(e)
try: p.age = 4
except AttributeError as e: print(e)
