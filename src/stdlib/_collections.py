"""The classes of `collections` that CPython writes in C. `deque` is native."""

from _loopscope import c_type
from _deque import deque

_MISSING = object()


# The objects whose text is being made, which are shown as dots within it.
_shown = set()


def _dict_repr(mapping):
    return "{...}" if id(mapping) in _shown else _shown_once(mapping, dict.__repr__)


def _shown_once(obj, text):
    _shown.add(id(obj))
    try:
        return text(obj)
    finally:
        _shown.discard(id(obj))


@c_type
class defaultdict(dict):
    """A dict that makes the values of missing keys by calling a factory."""

    __module__ = "collections"
    __slots__ = ("default_factory",)

    def __new__(cls, *args, **kwargs):
        made = dict.__new__(cls)
        made.default_factory = None
        return made

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = default_factory
        dict.__init__(self, *args, **kwargs)

    def __delattr__(self, name):
        # There always is one: what was deleted is None.
        if name == "default_factory":
            self.default_factory = None
        else:
            dict.__delattr__(self, name)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value

    def __repr__(self):
        name = type(self).__name__
        if id(self.default_factory) in _shown:
            return f"{name}(..., {_dict_repr(self)})"
        return f"{name}({_shown_once(self.default_factory, repr)}, {_dict_repr(self)})"

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return type(self), args, None, None, iter(self.items())

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(self.default_factory, self)
        result.update(other)
        return result

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(self.default_factory, other)
        result.update(self)
        return result


@c_type
class OrderedDict(dict):
    """A dict that can move keys to either end, and whose order counts in comparisons."""

    __module__ = "collections"

    def move_to_end(self, key, last=True):
        value = dict.__getitem__(self, key)
        dict.__delitem__(self, key)
        if last:
            dict.__setitem__(self, key, value)
            return
        rest = list(dict.items(self))
        dict.clear(self)
        dict.__setitem__(self, key, value)
        dict.update(self, rest)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        if last:
            return dict.popitem(self)
        key = next(dict.__iter__(self))
        return key, dict.pop(self, key)

    def pop(self, key, default=_MISSING):
        if default is _MISSING:
            return dict.pop(self, key)
        return dict.pop(self, key, default)

    def keys(self):
        return odict_keys(self)

    def values(self):
        return odict_values(self)

    def items(self):
        return odict_items(self)

    def __eq__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and all(
                mine == theirs for mine, theirs in zip(self, other)
            )
        return dict.__eq__(self, other)

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = None

    def __repr__(self):
        name = type(self).__name__
        if not self:
            return f"{name}()"
        if id(self) in _shown:
            return "..."
        return f"{name}({_dict_repr(self)})"

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __reduce__(self):
        return type(self), (), None, None, iter(self.items())

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(self)
        result.update(other)
        return result

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(other)
        result.update(self)
        return result


class _View:
    """What the views of an OrderedDict share."""

    __module__ = "builtins"
    __slots__ = ("_view",)

    def __len__(self):
        return len(self._view)

    def __iter__(self):
        return iter(self._view)

    def __reversed__(self):
        return reversed(self._view)

    def __contains__(self, item):
        return item in self._view

    def __repr__(self):
        return f"{type(self).__name__}({list(self._view)!r})"

    @property
    def mapping(self):
        return self._view.mapping


class _SetView(_View):
    """A view that acts as a set."""

    __module__ = "builtins"
    __slots__ = ()

    def isdisjoint(self, other):
        return self._view.isdisjoint(other)

    def __eq__(self, other):
        return self._view == _plain(other)

    def __lt__(self, other):
        return self._view < _plain(other)

    def __le__(self, other):
        return self._view <= _plain(other)

    def __gt__(self, other):
        return self._view > _plain(other)

    def __ge__(self, other):
        return self._view >= _plain(other)

    def __and__(self, other):
        return self._view & _plain(other)

    def __rand__(self, other):
        return _plain(other) & self._view

    def __or__(self, other):
        return self._view | _plain(other)

    def __ror__(self, other):
        return _plain(other) | self._view

    def __sub__(self, other):
        return self._view - _plain(other)

    def __rsub__(self, other):
        return _plain(other) - self._view

    def __xor__(self, other):
        return self._view ^ _plain(other)

    def __rxor__(self, other):
        return _plain(other) ^ self._view

    __hash__ = None


def _plain(other):
    return other._view if isinstance(other, _View) else other


class odict_keys(_SetView):
    __module__ = "builtins"
    __slots__ = ()

    def __init__(self, of):
        self._view = dict.keys(of)


class odict_items(_SetView):
    __module__ = "builtins"
    __slots__ = ()

    def __init__(self, of):
        self._view = dict.items(of)


class odict_values(_View):
    __module__ = "builtins"
    __slots__ = ()

    def __init__(self, of):
        self._view = dict.values(of)


def _count_elements(mapping, iterable):
    get = mapping.get
    for element in iterable:
        mapping[element] = get(element, 0) + 1


@c_type
class _tuplegetter:
    """A field of a named tuple."""

    __module__ = "collections"

    def __init__(self, index, doc):
        self._index = index
        self.__doc__ = doc

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if not isinstance(instance, tuple):
            raise TypeError(
                f"descriptor for index '{self._index}' for tuple subclasses"
                f" doesn't apply to '{type(instance).__name__}' object"
            )
        return tuple.__getitem__(instance, self._index)

    def __set__(self, instance, value):
        raise AttributeError("can't set attribute")

    def __delete__(self, instance):
        raise AttributeError("can't delete attribute")

    def __repr__(self):
        return f"_tuplegetter({self._index!r}, {self.__doc__!r})"
