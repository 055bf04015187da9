"""Who asks an iterable for its length, and who believes an object that names another class."""

import collections.abc
import operator


class Shelf:
    def __init__(self, books):
        self.books = books

    def __iter__(self):
        print("  iter")
        return iter(self.books)

    def __len__(self):
        print("  len")
        return len(self.books)


class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        print("  itself")
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left

    def __length_hint__(self):
        print("  hint")
        return self.left


USES = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "sorted": sorted,
    "extend": lambda items: [0].extend(items),
    "sum": sum,
    "max": max,
    "comprehension": lambda items: [item for item in items],
    "enumerate": lambda items: [*zip(items)],
}
for name, use in USES.items():
    print(name)
    use(Shelf([3, 1, 2]))
    use(Countdown(3))
print("in place")
numbers = [9]
numbers += Shelf([1])
print(numbers, operator.length_hint(Countdown(4)))


class Wrong(Countdown):
    def __length_hint__(self):
        return "many"


class Unsure(Countdown):
    def __length_hint__(self):
        return NotImplemented


class Negative(Countdown):
    def __length_hint__(self):
        return -1


for cls in (Wrong, Unsure, Negative):
    try:
        print(list(cls(2)))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Proxy:
    def __init__(self, target):
        self.target = target

    @property
    def __class__(self):
        return type(self.target)


print(isinstance(Proxy(3), int), isinstance(Proxy(3), str), isinstance(Proxy(3), Proxy), type(Proxy(3)).__name__)
print(isinstance(Proxy([]), (str, list)), isinstance(Proxy([]), collections.abc.Sequence), Proxy({}).__class__)
