# dataclasses with every option: order, frozen, slots, kw_only, field options, InitVar, replace, asdict, inheritance.
from dataclasses import *
import dataclasses as dc
from typing import ClassVar
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    hidden: str = field(default="h", repr=False, compare=False)
    cls: ClassVar[int] = 5
print(P(1), P(1) == P(1, 0, [], "other"), P(1, tags=[2]), [f.name for f in fields(P)], P.cls, P.__match_args__, P.__hash__)
try: P()
except TypeError as e: print(e)
try: P(1, 2, 3, 4, 5)
except TypeError as e: print(e)
try: P(1, z=1)
except TypeError as e: print(e)
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False)
print(V(1, 2) < V(1, 3), sorted([V(2), V(1, 5), V(1)]), hash(V(1)) == hash(V(1, 0, "x")), {V(1): "a"}[V(1)], max(V(1), V(0, 9)))
for f in (lambda: setattr(V(1), "major", 2), lambda: delattr(V(1), "major"), lambda: V(1) < 5, lambda: P(1) < P(2), lambda: {P(1)}):
    try: f()
    except Exception as e: print(type(e).__name__, e)
@dataclass(slots=True, kw_only=True)
class S:
    a: int
    b: str = "b"
s = S(a=1); print(s, hasattr(s, "__dict__"), S.__slots__)
for f in (lambda: S(1), lambda: setattr(s, "q", 1)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
@dataclass
class I:
    base: int
    scale: InitVar[int] = 2
    result: int = field(init=False)
    def __post_init__(self, scale): self.result = self.base * scale
print(I(3), I(3, 5).result, replace(I(3), base=4, scale=1), hasattr(I(1), "scale"), I.scale)
try: replace(I(3), base=1, result=5)
except (ValueError, TypeError) as e: print(type(e).__name__, e)
@dataclass
class Base: a: int = 1; b: int = 2
@dataclass
class Derived(Base): c: int = 3; a: str = "over"
print(Derived(), Derived("z", 5), [(f.name, f.type) for f in fields(Derived)])
@dataclass
class KW:
    x: int
    _: KW_ONLY
    y: int = 0
    z: int
print(KW(1, z=3), KW.__init__.__annotations__ if False else "", fields(KW)[1].kw_only)
try: KW(1, 2, 3)
except TypeError as e: print(e)
@dataclass
class Node:
    v: int
    kids: list["Node"] = field(default_factory=list)
    parent: "Node" = field(default=None, repr=False)
n = Node(1, [Node(2), Node(3, [Node(4)])]); print(n, asdict(n)["kids"][1], astuple(n.kids[0])); n.kids.append(n); print(repr(n)); n.kids.pop()
for src in ("@dataclass\nclass X:\n a: int = 1\n b: int", "@dataclass\nclass X:\n a: list = []", "@dataclass(eq=False, order=True)\nclass X: a: int", "@dataclass(frozen=True)\nclass X(P): q: int = 1", "@dataclass\nclass X(V): q: int = 1", "@dataclass\nclass X:\n a: int = field(default=1, default_factory=int)", "@dataclass(order=True)\nclass X:\n a: int\n def __lt__(s, o): ...", "@dataclass(frozen=True)\nclass X:\n a: int\n def __setattr__(s, n, v): ...", "@dataclass\nclass X:\n a = field()", "@dataclass(slots=True)\nclass X:\n __slots__ = ('a',)\n a: int", "fields(5)", "asdict(P)", "replace(5)"):
    try: exec(src); print("ok")
    except Exception as e: print(type(e).__name__, e)
M = make_dataclass("M", ["a", ("b", int), ("c", list, field(default_factory=list))], namespace={"total": lambda s: s.a + s.b}, frozen=True); print(M(1, 2), M(1, 2).total(), M.__module__, is_dataclass(M), is_dataclass(M(1, 2)), is_dataclass(int))
@dataclass(unsafe_hash=True, repr=False, match_args=False)
class H: a: int
print(hash(H(1)) == hash((1,)), "H object at" in repr(H(1)), hasattr(H, "__match_args__"))
@dataclass(eq=False)
class E: a: int
print(E(1) == E(1), E.__hash__ is object.__hash__)
f = fields(P)[2]; print(f.name, f.default is MISSING, f.default_factory is list, f.init, f.metadata, repr(f)[:60])
@dataclass
class Meta: a: int = field(default=3, metadata={"unit": "cm"}, doc="the a")
print(fields(Meta)[0].metadata["unit"], Meta.__doc__, Meta.a, P.__doc__)
match P(1, 2):
    case P(x=1, y=yy): print("kw", yy)
match V(3, 4):
    case V(a, b, c): print("pos", a, b, c)
print(asdict(P(1, tags=[{"k": (1, 2)}]), dict_factory=lambda kv: {k.upper(): v for k, v in kv}), P.__eq__(P(1), 5), copy.replace(P(1), y=9) if "copy" in globals() else dc.replace(P(1), y=9))
@dataclass(weakref_slot=True, slots=True)
class W: a: int
import weakref; w = W(1); print(weakref.ref(w)() is w, W.__slots__)
