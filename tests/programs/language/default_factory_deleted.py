"""A defaultdict whose factory is deleted has none, like one that was made without."""

from collections import defaultdict

numbers = defaultdict(int)
numbers["one"] += 1
del numbers.default_factory
print(numbers.default_factory, numbers)
try:
    numbers["two"]
except KeyError as exc:
    print(repr(exc))
numbers.default_factory = list
print(numbers["two"], numbers)
try:
    del numbers.other
except AttributeError as exc:
    print(exc)
