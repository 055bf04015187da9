"""Python code that stands in for built-ins written in C, where they call back into Python.

The machine asks for these functions by name; their frames are invisible in tracebacks.
"""


def collect(iterable):
    return [item for item in iterable]


def contains(iterable, wanted):
    for item in iterable:
        if item is wanted or item == wanted:
            return True
    return False


def extend(target, iterable):
    append = target.append
    for item in iterable:
        append(item)


def filter_next(function, iterator):
    """The next item that passes, in a tuple; None at the end."""
    if function is None:
        for item in iterator:
            if item:
                return (item,)
    else:
        for item in iterator:
            if function(item):
                return (item,)
    return None


def update_from_mapping(target, mapping):
    for key in mapping.keys():
        dict.__setitem__(target, key, mapping[key])


def update_from_pairs(target, iterable):
    for number, element in enumerate(iterable):
        try:
            pair = list(element)
        except TypeError:
            raise TypeError(
                f"cannot convert dictionary update sequence element #{number} to a sequence"
            ) from None
        if len(pair) != 2:
            raise ValueError(
                f"dictionary update sequence element #{number} has length {len(pair)};"
                " 2 is required"
            )
        dict.__setitem__(target, pair[0], pair[1])


def add_all(target, iterable):
    for item in iterable:
        set.add(target, item)
