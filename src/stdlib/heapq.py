"""A priority queue in a list: the smallest item comes first."""

from _heapq import (
    heapify,
    heapify_max,
    heappop,
    heappop_max,
    heappush,
    heappush_max,
    heappushpop,
    heappushpop_max,
    heapreplace,
    heapreplace_max,
)

__all__ = [
    "heapify",
    "heapify_max",
    "heappop",
    "heappop_max",
    "heappush",
    "heappush_max",
    "heappushpop",
    "heappushpop_max",
    "heapreplace",
    "heapreplace_max",
    "merge",
    "nlargest",
    "nsmallest",
]


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables in order; items of equal rank come in the order of the iterables."""
    direction = -1 if reverse else 1
    push, replace, pop, build = (
        (heappush_max, heapreplace_max, heappop_max, heapify_max)
        if reverse
        else (heappush, heapreplace, heappop, heapify)
    )
    heap = []
    for order, iterator in enumerate(map(iter, iterables)):
        advance = iterator.__next__
        try:
            item = advance()
        except StopIteration:
            continue
        rank = item if key is None else key(item)
        heap.append([rank, order * direction, item, advance])
    build(heap)
    while len(heap) > 1:
        entry = heap[0]
        yield entry[2]
        try:
            item = entry[3]()
        except StopIteration:
            pop(heap)
            continue
        entry[0] = item if key is None else key(item)
        entry[2] = item
        replace(heap, entry)
    if heap:
        _, _, item, advance = heap[0]
        yield item
        yield from advance.__self__


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
