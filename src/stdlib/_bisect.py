"""The operations of `bisect`, which CPython writes in C."""


def _bounds(sequence, lo, hi):
    if lo < 0:
        raise ValueError("lo must be non-negative")
    return lo, len(sequence) if hi is None else hi


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    lo, hi = _bounds(a, lo, hi)
    while lo < hi:
        middle = (lo + hi) // 2
        item = a[middle] if key is None else key(a[middle])
        if x < item:
            hi = middle
        else:
            lo = middle + 1
    return lo


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    lo, hi = _bounds(a, lo, hi)
    while lo < hi:
        middle = (lo + hi) // 2
        item = a[middle] if key is None else key(a[middle])
        if item < x:
            lo = middle + 1
        else:
            hi = middle
    return lo


def insort_right(a, x, lo=0, hi=None, *, key=None):
    rank = x if key is None else key(x)
    a.insert(bisect_right(a, rank, lo, hi, key=key), x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    rank = x if key is None else key(x)
    a.insert(bisect_left(a, rank, lo, hi, key=key), x)


bisect = bisect_right
insort = insort_right
