"""The garbage collector: objects go away by their reference counts; collect() also finds cycles."""

from _gc import finalize_lost, free_cycles, lost_cycles, lost_with_modules, objects_made, references, referrers
from _gc import renew_ages

DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL = 1, 2, 4, 32
DEBUG_LEAK = 38

callbacks = []
garbage = []
_enabled = True
_collecting = False
_threshold = (2000, 10, 10)


def collect(generation=2):
    """Frees objects that only refer to each other; gives their number."""
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    if _collecting:         # a finaliser asks
        return 0
    found = _collect()
    renew_ages()
    return found


def _collect():
    made = objects_made()
    lost, found = lost_cycles()
    _free(lost, made)
    return found


def _collect_modules():
    """The end of the program: what its modules hold goes."""
    made = objects_made()
    _free(lost_with_modules(), made)


def _free(lost, made):
    global _collecting
    _collecting = True
    try:
        for thing in lost:
            # The machine runs the finaliser before it goes on here; it may free others of these.
            finalize_lost(*thing)
        free_cycles(made)
    finally:
        _collecting = False


def is_tracked(obj):
    """Can the object be part of a cycle?"""
    return not isinstance(obj, (int, float, complex, str, bytes, type(None)))


def get_referents(*objs):
    """What the objects refer to directly."""
    return [found for obj in objs for found in references(obj)]


def get_referrers(*objs):
    """What refers to one of the objects directly."""
    return [found for found in referrers(objs) if found is not objs]


def get_stats():
    """Nothing is counted here."""
    return [{"collections": 0, "collected": 0, "uncollectable": 0} for _ in range(3)]


def enable():
    """Says that cycles may be collected at any time; here they are at collect() only."""
    global _enabled
    _enabled = True


def disable():
    """Says that cycles are collected at collect() only."""
    global _enabled
    _enabled = False


def isenabled():
    """What enable() or disable() said last."""
    return _enabled


def get_threshold():
    """The numbers that set_threshold() was given."""
    return _threshold


def set_threshold(threshold0, threshold1=10, threshold2=0):
    """Accepted and remembered."""
    global _threshold
    _threshold = (threshold0, threshold1, threshold2)


def get_count():
    """Nothing is counted here."""
    return (0, 0, 0)


def freeze():
    """Nothing to do here."""


unfreeze = freeze
