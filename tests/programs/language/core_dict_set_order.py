# dict and set behaviours: order, mutation during iteration, views, merging, nested defaults, hash collisions, equality.
d = {}; d["b"] = 1; d["a"] = 2; d["b"] = 3; del d["a"]; d["a"] = 4; print(d, list(d), d.popitem(), d, next(iter(d)), {1: "a", True: "b", 1.0: "c"}, {0.0: 1, -0.0: 2}, dict(zip("abc", range(3))), dict(a=1, b=2), dict([("x", 1)], y=2), {**{"a": 1}, "a": 2})
for k in list(d): d[k + "x"] = 0
print(d)
for bad in (lambda: [d.__setitem__(k + "y", 1) for k in d], lambda: [d.pop(k) for k in d], lambda: [s.add(x + 10) for x in s], lambda: next(it)):
    s = {1, 2}; it = iter(d); 
    try: bad(); d.clear(); d["k"] = 1; print("ok")
    except Exception as e: print(type(e).__name__, e)
it = iter({"a": 1, "b": 2}.items()); print(next(it), list(it), next(it, "done"))
class Bad:
    def __init__(s, v): s.v = v
    def __hash__(s): return 1
    def __eq__(s, o): return isinstance(o, Bad) and s.v == o.v
    def __repr__(s): return f"B{s.v}"
x = {Bad(i): i for i in range(4)}; print(x, x[Bad(2)], Bad(9) in x, {Bad(1), Bad(1), Bad(2)}); del x[Bad(1)]; print(x)
class Up(dict):
    def __missing__(self, k): self[k] = v = f"<{k}>"; return v
    def __setitem__(self, k, v): super().__setitem__(str(k).upper(), v)
u = Up(a=1); u["b"] = 2; print(u, u["zz"], u.get("q"), "ZZ" in u, u | {"c": 3}, type(u | {}), u.copy(), Up.fromkeys("xy"))
print(list({3, 1, 2}), {"a", "b"} == {"b", "a"}, {1, 2} < {1, 2, 3}, {1} | {2}, sorted({"x": 1}.keys() | {"y"}), set("abca") ^ set("ad") == {"b", "c", "d"}, frozenset([1, 2]) == {1, 2}, {1, 2}.isdisjoint([3]), set(range(10)) - {1} - set([2]), [*{}], set().union(*[[1], [2]]), len({*"hello"}), {(1, 2), (1, 2)}, bool(set()), {1, 2, 3} & {2, 3, 4} & {3})
s = set("abc"); s.discard("z"); s.remove("a"); s |= {"q"}; s -= {"b"}; s &= {"c", "q", "w"}; s ^= {"w"}; print(sorted(s), sorted(s.copy()), s.intersection("c"), sorted(s.difference("c")))
nest = {}; nest.setdefault("a", {}).setdefault("b", []).append(1); nest["a"]["b"] += [2]; print(nest, nest["a"].get("zz", {}).get("y"), {k: sorted(v) for k, v in {"x": [2, 1]}.items()})
from collections import defaultdict, Counter
tree = lambda: defaultdict(tree); t = tree(); t["a"]["b"]["c"] = 1; print(t["a"]["b"]["c"], list(t), "z" in t, t["z"] == {}, "z" in t)
words = "the cat the dog the end".split(); cnt = {}
for w in words: cnt[w] = cnt.get(w, 0) + 1
print(cnt, max(cnt, key=cnt.get), sorted(cnt.items(), key=lambda kv: (-kv[1], kv[0])), Counter(words).most_common(1), {n: [w for w in cnt if cnt[w] == n] for n in set(cnt.values())})
inv = {v: k for k, v in {"a": 1, "b": 2}.items()}; g = {}
for w in ("apple", "avocado", "bean"): g.setdefault(w[0], []).append(w)
print(inv, g, {k: len(v) for k, v in g.items()}, dict(sorted(g.items(), reverse=True)), [*g.values()], {**g} == g, {**g} is g, list(g.items())[0], dict.fromkeys([1, 2], []), {x: y for x in "ab" for y in range(2)}, dict(enumerate("ab", 1)), g.keys() & {"a"}, ("a", ["apple", "avocado"]) in g.items(), ["bean"] in g.values())
a = dict.fromkeys("ab", []); a["a"].append(1); print(a, {"k": (1, [2])}, {None: 0, (): 1, "": 2}, {float("nan"): 1}, {1: {2: {3: {}}}}, str({"q": "it's"}), {"a": 1} == {"a": 1.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {1, 1.0, True}, {"x": ...}, {int: str})
r = {}; r["self"] = r; print(r); l = [1]; l.append(l); print(l); t = ([],); t[0].append(t); print(t); print(repr({"a": l}))
for bad in (lambda: {}["k"], lambda: {}.pop("k"), lambda: {[1]: 2}, lambda: {{}: 1}, lambda: set([[]]), lambda: {1}.remove(5), lambda: {}.popitem(), lambda: set().pop(), lambda: {"a": 1} + {"b": 2}, lambda: {1, 2}[0], lambda: {"a": 1} < {"b": 2}, lambda: dict([1, 2]), lambda: dict([("a",)]), lambda: {**None}, lambda: {*None}, lambda: hash({1: 2}), lambda: frozenset([1]).add(2), lambda: {}.update(1), lambda: {"a": 1}.a, lambda: {} | [(1, 2)], lambda: {1} | [2], lambda: {1}.union(5), lambda: {}.get(), lambda: {}.fromkeys(1), lambda: {}.setdefault([])):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
