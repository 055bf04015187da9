"""Iterators over iterators, which CPython writes in C."""

from _loopscope import c_type
import sys as _sys
from operator import index as _index

_UNSET = object()


def _size(value, name):
    """A bound of `islice`: None or an int that is not negative."""
    if value is None:
        return None
    try:
        number = range(value).stop
    except TypeError:
        number = -1
    if not 0 <= number <= _sys.maxsize:
        raise ValueError(
            f"{name} must be None or an integer: 0 <= x <= sys.maxsize."
        )
    return number


class _Iterator:
    __module__ = "itertools"
    __slots__ = ()

    def __iter__(self):
        return self


@c_type
class count(_Iterator):
    """start, start + step, start + 2 * step …"""

    __module__ = "itertools"
    __slots__ = ("_next", "_step")

    def __init__(self, start=0, step=1):
        if not hasattr(start, "__add__") or isinstance(start, (str, list, tuple, bytes)):
            raise TypeError("a number is required")
        self._next = start
        self._step = step

    def __next__(self):
        value = self._next
        self._next = value + self._step
        return value

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return f"count({self._next!r})"
        return f"count({self._next!r}, {self._step!r})"


@c_type
class cycle(_Iterator):
    """The items again and again."""

    __module__ = "itertools"
    __slots__ = ("_iterator", "_saved", "_index")

    def __init__(self, iterable, /):
        self._iterator = iter(iterable)
        self._saved = []
        self._index = 0

    def __next__(self):
        if self._iterator is not None:
            for item in self._iterator:
                self._saved.append(item)
                return item
            self._iterator = None
        saved = self._saved
        if not saved:
            raise StopIteration
        item = saved[self._index]
        self._index += 1
        if self._index == len(saved):
            self._index = 0
        return item


@c_type
class repeat(_Iterator):
    """The same object, endlessly or so many times."""

    __module__ = "itertools"
    __slots__ = ("_object", "_left")

    def __init__(self, object, times=None):
        self._object = object
        self._left = None if times is None else max(range(times).stop, 0)

    def __next__(self):
        if self._left is not None:
            if self._left == 0:
                raise StopIteration
            self._left -= 1
        return self._object

    def __length_hint__(self):
        if self._left is None:
            raise TypeError("len() of unsized object")
        return self._left

    def __repr__(self):
        if self._left is None:
            return f"repeat({self._object!r})"
        return f"repeat({self._object!r}, {self._left})"


class _Lazy(_Iterator):
    """An iterator that a generator does the work of."""

    __module__ = "itertools"
    __slots__ = ("_items",)

    def __iter__(self):
        return self

    def __next__(self):
        for item in self._items:
            return item
        raise StopIteration


@c_type
class accumulate(_Lazy):
    """Running totals."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, iterable, func=None, *, initial=None):
        self._items = self._totals(iter(iterable), func, initial)

    @staticmethod
    def _totals(iterator, func, total):
        if total is None:
            for total in iterator:
                break
            else:
                return
        yield total
        for item in iterator:
            total = total + item if func is None else func(total, item)
            yield total


@c_type
class batched(_Lazy):
    """Tuples of n items each; the last one may be shorter."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, iterable, n, *, strict=False):
        if _index(n) < 1:
            raise ValueError("n must be at least one")
        self._items = self._batches(iter(iterable), n, strict)

    @staticmethod
    def _batches(iterator, n, strict):
        batch = []
        for item in iterator:
            batch.append(item)
            if len(batch) == n:
                yield tuple(batch)
                batch = []
        if batch:
            if strict:
                raise ValueError("batched(): incomplete batch")
            yield tuple(batch)


@c_type
class chain(_Lazy):
    """The items of one iterable after the other."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, *iterables):
        self._items = self._all(iterables)

    @classmethod
    def from_iterable(cls, iterables, /):
        result = cls.__new__(cls)
        result._items = cls._all(iter(iterables))
        return result

    @staticmethod
    def _all(iterables):
        for iterable in iterables:
            for item in iterable:
                yield item

    __class_getitem__ = classmethod(type(list[int]))


@c_type
class compress(_Lazy):
    """The items whose selector is true."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, data, selectors):
        self._items = self._selected(zip(iter(data), iter(selectors)))

    @staticmethod
    def _selected(pairs):
        for item, selector in pairs:
            if selector:
                yield item


@c_type
class dropwhile(_Lazy):
    """The items from the first on for which the predicate is false."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, predicate, iterable, /):
        self._items = self._rest(predicate, iter(iterable))

    @staticmethod
    def _rest(predicate, iterator):
        for item in iterator:
            if not predicate(item):
                yield item
                break
        for item in iterator:
            yield item


@c_type
class takewhile(_Lazy):
    """The items before the first for which the predicate is false."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, predicate, iterable, /):
        self._items = self._first(predicate, iter(iterable))

    @staticmethod
    def _first(predicate, iterator):
        for item in iterator:
            if not predicate(item):
                return
            yield item


@c_type
class filterfalse(_Lazy):
    """The items for which the predicate is false."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, predicate, iterable, /):
        self._items = self._failing(predicate, iter(iterable))

    @staticmethod
    def _failing(predicate, iterator):
        for item in iterator:
            if not (item if predicate is None else predicate(item)):
                yield item


@c_type
class starmap(_Lazy):
    """The results of a function called with each item's items."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, function, iterable, /):
        self._items = self._results(function, iter(iterable))

    @staticmethod
    def _results(function, iterator):
        for args in iterator:
            yield function(*tuple(args))


@c_type
class islice(_Lazy):
    """Items from start to stop, every step-th."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, *args):
        if not 2 <= len(args) <= 4:
            bound = "at least 2" if len(args) < 2 else "at most 4"
            raise TypeError(f"islice expected {bound} arguments, got {len(args)}")
        iterable, *args = args
        if len(args) == 1:
            stop = _size(args[0], "Stop argument for islice()")
            start, step = 0, 1
        else:
            message = "Indices for islice()"
            start = _size(args[0], message) or 0
            stop = _size(args[1], "Stop argument for islice()")
            step = 1 if len(args) < 3 or args[2] is None else args[2]
            if not isinstance(step, int) or step < 1:
                raise ValueError("Step for islice() must be a positive integer or None.")
        self._items = self._picked(iter(iterable), start, stop, step)

    @staticmethod
    def _picked(iterator, start, stop, step):
        position, wanted = 0, start
        if stop is not None and stop <= start:
            # What lies before `start` is consumed all the same.
            wanted = stop
            while position < wanted:
                for _ in iterator:
                    break
                else:
                    return
                position += 1
            return
        while stop is None or wanted < stop:
            for item in iterator:
                position += 1
                if position > wanted:
                    break
            else:
                return
            yield item
            wanted += step
        while position < stop:
            for _ in iterator:
                break
            else:
                return
            position += 1


@c_type
class pairwise(_Lazy):
    """Each item with its successor."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, iterable, /):
        self._items = self._pairs(iter(iterable))

    @staticmethod
    def _pairs(iterator):
        for before in iterator:
            break
        else:
            return
        for item in iterator:
            yield before, item
            before = item


@c_type
class zip_longest(_Lazy):
    """Tuples of one item of each iterable until the longest is exhausted."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, *iterables, fillvalue=None):
        self._items = self._rows([iter(iterable) for iterable in iterables], fillvalue)

    @staticmethod
    def _rows(iterators, fill):
        active = len(iterators)
        while active:
            row = []
            for position, iterator in enumerate(iterators):
                if iterator is None:
                    row.append(fill)
                    continue
                for item in iterator:
                    row.append(item)
                    break
                else:
                    active -= 1
                    if not active:
                        return
                    iterators[position] = None
                    row.append(fill)
            yield tuple(row)


@c_type
class product(_Lazy):
    """Every combination of one item of each iterable."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, *iterables, repeat=1):
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        pools = [tuple(iterable) for iterable in iterables] * repeat
        self._items = self._rows(pools)

    @staticmethod
    def _rows(pools):
        if not all(pools):
            return
        indices = [0] * len(pools)
        while True:
            yield tuple([pool[at] for pool, at in zip(pools, indices)])
            place = len(pools) - 1
            while place >= 0:
                indices[place] += 1
                if indices[place] < len(pools[place]):
                    break
                indices[place] = 0
                place -= 1
            else:
                return


@c_type
class permutations(_Lazy):
    """Every arrangement of r items."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, iterable, r=None):
        pool = tuple(iterable)
        r = len(pool) if r is None else r
        if not isinstance(r, int):
            raise TypeError("Expected int as r")
        if r < 0:
            raise ValueError("r must be non-negative")
        self._items = self._rows(pool, r)

    @staticmethod
    def _rows(pool, r):
        n = len(pool)
        if r > n:
            return
        chosen = []
        used = [False] * n
        start = 0
        while True:
            if len(chosen) == r:
                yield tuple([pool[at] for at in chosen])
                at = n
            else:
                at = start
                while at < n and used[at]:
                    at += 1
            if at < n:
                chosen.append(at)
                used[at] = True
                start = 0
                continue
            if not chosen:
                return
            last = chosen.pop()
            used[last] = False
            start = last + 1


@c_type
class combinations(_Lazy):
    """Every choice of r items in their order."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, iterable, r):
        pool = tuple(iterable)
        if r < 0:
            raise ValueError("r must be non-negative")
        self._items = self._rows(pool, r)

    @staticmethod
    def _rows(pool, r):
        n = len(pool)
        if r > n:
            return
        indices = list(range(r))
        while True:
            yield tuple([pool[at] for at in indices])
            place = r - 1
            while place >= 0 and indices[place] == place + n - r:
                place -= 1
            if place < 0:
                return
            indices[place] += 1
            for following in range(place + 1, r):
                indices[following] = indices[following - 1] + 1


@c_type
class combinations_with_replacement(_Lazy):
    """Every choice of r items in their order, where items may repeat."""

    __module__ = "itertools"
    __slots__ = ()

    def __init__(self, iterable, r):
        pool = tuple(iterable)
        if r < 0:
            raise ValueError("r must be non-negative")
        self._items = self._rows(pool, r)

    @staticmethod
    def _rows(pool, r):
        n = len(pool)
        if not n and r:
            return
        indices = [0] * r
        while True:
            yield tuple([pool[at] for at in indices])
            place = r - 1
            while place >= 0 and indices[place] == n - 1:
                place -= 1
            if place < 0:
                return
            indices[place:] = [indices[place] + 1] * (r - place)


@c_type
class groupby(_Iterator):
    """Runs of items with equal keys."""

    __module__ = "itertools"
    __slots__ = ("_iterator", "_key", "_wanted", "_current", "_item", "_group")

    def __init__(self, iterable, key=None):
        self._iterator = iter(iterable)
        self._key = key
        self._wanted = self._current = self._item = _UNSET
        self._group = None

    def __next__(self):
        self._group = None
        while self._current is _UNSET or self._wanted is not _UNSET and self._current == self._wanted:
            self._advance()
        self._wanted = self._current
        self._group = _Group(self, self._current)
        return self._current, self._group

    def _advance(self):
        for item in self._iterator:
            break
        else:
            raise StopIteration
        self._item = item
        self._current = item if self._key is None else self._key(item)


class _Group(_Iterator):
    """The items of one run."""

    __module__ = "itertools"
    __slots__ = ("_parent", "_key")
    __qualname__ = "_grouper"

    def __init__(self, parent, key):
        self._parent = parent
        self._key = key

    def __next__(self):
        parent = self._parent
        if parent._group is not self:
            raise StopIteration
        if parent._item is _UNSET:
            parent._advance()
        if not self._key == parent._current:
            raise StopIteration
        item = parent._item
        parent._item = _UNSET
        return item


@c_type
class _tee(_Iterator):
    """One of several iterators over the same items, which lie in a chain of links."""

    __module__ = "itertools"
    __slots__ = ("_iterator", "_link")
    __qualname__ = "_tee"

    def __init__(self, iterator, link):
        self._iterator = iterator
        self._link = link

    def __next__(self):
        link = self._link
        if link[1] is None:
            for item in self._iterator:
                break
            else:
                raise StopIteration
            link[0] = item
            link[1] = [None, None]
        self._link = link[1]
        return link[0]

    def __copy__(self):
        return _tee(self._iterator, self._link)


def tee(iterable, n=2, /):
    if n < 0:
        raise ValueError("n must be >= 0")
    if n == 0:
        return ()
    iterator = iter(iterable)
    first = iterator if isinstance(iterator, _tee) else _tee(iterator, [None, None])
    return (first, *[first.__copy__() for _ in range(n - 1)])
