"""A set that does not keep its elements alive. Apart from `weakref` so that `abc` can use it."""

from _weakref import ref

GenericAlias = type(list[int])


class KeyRef(ref):
    """A reference that can be found in a set or dict when its object is gone: it remembers the hash."""

    def __new__(cls, object, callback=None):
        self = ref.__new__(cls, object, callback)
        self._hash = hash(object)
        return self

    def __hash__(self):
        return self._hash

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, ref):
            return NotImplemented
        mine, theirs = self(), other()
        return mine is not None and theirs is not None and mine == theirs


def forgetting(container, drop):
    """A callback for weak references that drops them from a container's data, without keeping the container alive."""
    owner = ref(container)

    def forget(reference):
        found = owner()
        if found is not None:
            drop(found.data, reference)

    return forget


class WeakSet:
    def __init__(self, data=None):
        self.data = set()
        self._forget = forgetting(self, set.discard)
        if data is not None:
            self.update(data)

    def __iter__(self):
        for reference in list(self.data):
            item = reference()
            if item is not None:
                yield item

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        try:
            return KeyRef(item) in self.data
        except TypeError:
            return False

    def add(self, item):
        self.data.add(KeyRef(item, self._forget))

    def clear(self):
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    def pop(self):
        while self.data:
            item = self.data.pop()()
            if item is not None:
                return item
        raise KeyError("pop from empty WeakSet")

    def remove(self, item):
        self.data.remove(KeyRef(item))

    def discard(self, item):
        self.data.discard(KeyRef(item))

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        result = self.copy()
        result.difference_update(other)
        return result

    __sub__ = difference

    def difference_update(self, other):
        if self is other:
            self.clear()
        else:
            self.data.difference_update([KeyRef(item) for item in other])

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def intersection(self, other):
        return self.__class__([item for item in other if item in self])

    __and__ = intersection

    def intersection_update(self, other):
        self.data.intersection_update([KeyRef(item) for item in other])

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def issubset(self, other):
        return self.data.issubset([KeyRef(item) for item in other])

    __le__ = issubset

    def __lt__(self, other):
        return self.data < set(map(KeyRef, other))

    def issuperset(self, other):
        return self.data.issuperset([KeyRef(item) for item in other])

    __ge__ = issuperset

    def __gt__(self, other):
        return self.data > set(map(KeyRef, other))

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.data == set(map(KeyRef, other))

    __hash__ = None

    def symmetric_difference(self, other):
        result = self.copy()
        result.symmetric_difference_update(other)
        return result

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        if self is other:
            self.clear()
        else:
            self.data.symmetric_difference_update([KeyRef(item, self._forget) for item in other])

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

    def union(self, other):
        return self.__class__(item for source in (self, other) for item in source)

    __or__ = union

    def isdisjoint(self, other):
        return len(self.intersection(other)) == 0

    def __repr__(self):
        return repr(self.data)

    __class_getitem__ = classmethod(GenericAlias)
