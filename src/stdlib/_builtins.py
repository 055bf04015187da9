"""Python code that stands in for built-ins written in C, where they call back into Python.

The machine asks for these functions by name; their frames are invisible in tracebacks.
"""


def collect(iterable):
    return [item for item in iterable]


def collect_list(iterable):
    iterator = iter(iterable)
    ask_length(iterable)
    items = []
    append_rest(items, iterator)
    return items


def append_rest(target, iterator):
    # Not a `for` loop: that would ask the iterator for an iterator.
    append = target.append
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        append(item)


def ask_length(iterable):
    """What a list that is to be filled asks: the answer only says how much room is made."""
    try:
        len(iterable)
        return
    except TypeError:
        pass
    hint = getattr(type(iterable), "__length_hint__", None)
    if hint is None:
        return
    try:
        length = hint(iterable)
    except TypeError:
        return
    if length is NotImplemented:
        return
    if not isinstance(length, int):
        raise TypeError(f"__length_hint__ must be an integer, not {type(length).__name__}")
    if length < 0:
        raise ValueError("__length_hint__() should return >= 0")


def contains(iterable, wanted):
    for item in iterable:
        if item is wanted or item == wanted:
            return True
    return False


def extend(target, iterable):
    append = target.append
    for item in iterable:
        append(item)


def extend_list(target, iterable):
    iterator = iter(iterable)
    ask_length(iterable)
    append_rest(target, iterator)


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
        pair = list(element)
        if len(pair) != 2:
            raise ValueError(
                f"dictionary update sequence element #{number} has length {len(pair)};"
                " 2 is required"
            )
        dict.__setitem__(target, pair[0], pair[1])


def add_all(target, iterable):
    for item in iterable:
        set.add(target, item)


def extend_left(target, iterable):
    append = target.appendleft
    for item in iterable:
        append(item)


def count(iterable, wanted):
    total = 0
    for item in iterable:
        if item is wanted or item == wanted:
            total += 1
    return total


def index(sequence, wanted):
    for position, item in enumerate(sequence):
        if item is wanted or item == wanted:
            return position
    raise ValueError("sequence.index(x): x not in sequence")


def dict_from_keys(cls, iterable, value):
    result = cls()
    for key in iterable:
        result[key] = value
    return result


def map_list(function, items):
    return [function(item) for item in items]


def let_go():
    """Whatever is due happens before this."""


def any(iterable):
    for item in iterable:
        if item:
            return True
    return False


def all(iterable):
    for item in iterable:
        if not item:
            return False
    return True


def sum_slow(items, total):
    for item in items:
        total = total + item
    return total


def max_position(keys):
    best = 0
    for position in range(1, len(keys)):
        if keys[position] > keys[best]:
            best = position
    return best


def min_position(keys):
    best = 0
    for position in range(1, len(keys)):
        if keys[position] < keys[best]:
            best = position
    return best


def sort_slow(items, keys, reverse):
    """The items in the order of their keys, which are compared by `<` alone; equal ones keep their order."""
    order = list(range(len(keys)))
    if reverse:
        order.reverse()
    order = _merge_sort(order, keys)
    if reverse:
        order.reverse()
    return [items[position] for position in order]


def _merge_sort(order, keys):
    if len(order) <= 64:
        return _insertion_sort(order, keys)
    middle = len(order) // 2
    left = _merge_sort(order[:middle], keys)
    right = _merge_sort(order[middle:], keys)
    merged = []
    a = b = 0
    while a < len(left) and b < len(right):
        if keys[right[b]] < keys[left[a]]:
            merged.append(right[b])
            b += 1
        else:
            merged.append(left[a])
            a += 1
    return merged + left[a:] + right[b:]


def _insertion_sort(order, keys):
    """Binary insertion behind the run that the items begin with."""
    size = len(order)
    if size < 2:
        return order
    run = _leading_run(order, keys)
    for position in range(run, size):
        pivot = order[position]
        low, high = 0, position
        while low < high:
            middle = (low + high) // 2
            if keys[pivot] < keys[order[middle]]:
                high = middle
            else:
                low = middle + 1
        del order[position]
        order.insert(low, pivot)
    return order


def _leading_run(order, keys):
    """The length of the run at the beginning, made ascending; equal items keep their order."""
    size = len(order)
    rising = _rising_from(order, keys, 1)
    if rising == size or rising > 1 and keys[order[0]] < keys[order[rising - 1]]:
        return rising
    order[:rising] = order[:rising][::-1]
    equal_from, end = rising, rising + 1
    while end < size:
        if keys[order[end]] < keys[order[end - 1]]:
            order[equal_from:end] = order[equal_from:end][::-1]
            equal_from = end
        elif keys[order[end - 1]] < keys[order[end]]:
            break
        end += 1
    order[equal_from:end] = order[equal_from:end][::-1]
    order[:end] = order[:end][::-1]
    return _rising_from(order, keys, end)


def _rising_from(order, keys, end):
    while end < len(order) and not keys[order[end]] < keys[order[end - 1]]:
        end += 1
    return end
