"""What two texts have in common and how they differ."""

import difflib

OLD = """\
def greet(name):
    print("Hello, " + name)

def part():
    print("bye")

greet("Ann")
part()
""".splitlines(keepends=True)
NEW = """\
def greet(name, mark="!"):
    print("Hello, " + name + mark)

def part(name):
    print("bye", name)

greet("Ann")
greet("Bob")
""".splitlines(keepends=True)

print("".join(difflib.unified_diff(OLD, NEW, "old.py", "new.py", n=1)))
print("".join(difflib.context_diff(OLD, NEW, "old.py", "new.py", "monday", "tuesday")))
delta = list(difflib.ndiff(OLD, NEW))
print("".join(delta))
print(list(difflib.restore(delta, 1)) == OLD, list(difflib.restore(delta, 2)) == NEW)

matcher = difflib.SequenceMatcher(lambda c: c == " ", "private Thread thread;", "private volatile Thread thread;")
print(round(matcher.ratio(), 4), round(matcher.quick_ratio(), 4), round(matcher.real_quick_ratio(), 4))
for block in matcher.get_matching_blocks():
    print(block)
for tag, i1, i2, j1, j2 in matcher.get_opcodes():
    print(f"{tag:8} {matcher.a[i1:i2]!r:20} {matcher.b[j1:j2]!r}")
print(matcher.find_longest_match(0, 5, 3, 9), sorted(matcher.bjunk))

long = difflib.SequenceMatcher(None, "abcd" * 80, "abce" * 80)
print(long.bpopular == set("abce"), long.ratio(), difflib.SequenceMatcher(None, "abcd", "bcde").ratio())
numbers = difflib.SequenceMatcher(None, [1, 2, 3, 5, 8], [2, 3, 5, 7])
print(numbers.get_opcodes(), list(numbers.get_grouped_opcodes(1)))

print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]))
print(difflib.get_close_matches("wheel", ["while", "with", "whale", "wheat"], n=2, cutoff=0.5))
print(difflib.IS_LINE_JUNK("  #  \n"), difflib.IS_LINE_JUNK("x\n"), difflib.IS_CHARACTER_JUNK("\t"))
print(list(difflib.diff_bytes(difflib.unified_diff, [b"caf\xe9"], [b"tea"], lineterm=b"")))

for wrong in (
    lambda: difflib.get_close_matches("a", [], n=0),
    lambda: difflib.get_close_matches("a", [], cutoff=2),
    lambda: list(difflib.restore([], 3)),
    lambda: list(difflib.unified_diff([1], [2])),
    lambda: list(difflib.unified_diff("a", "b")),
):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
