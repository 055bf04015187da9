"""Mocks that have the special methods."""

from unittest.mock import names
from unittest.mock.base import Mock, NonCallableMock
from unittest.mock.values import DEFAULT


class _SpecialMethod:
    """Stands in the class for a special method, which becomes a mock when it is looked up."""

    def __init__(self, name):
        self.name = name

    def __get__(self, obj, obj_type=None):
        if obj is None:
            return self
        child = obj._mock_children.get(self.name)
        if child is None:
            child = obj._get_child_mock(name=self.name, _new_name=self.name, _new_parent=obj)
            obj._mock_children[self.name] = child
            _prepare(obj, child, self.name)
        return child

    def __call__(self, mock, /, *args, **kwargs):
        return self.__get__(mock)(*args, **kwargs)


_METHODS = {name: _SpecialMethod(name) for name in sorted(names.USUAL | names.USUAL_ASYNC)}


def _prepare(mock, method, name):
    """Sets what a special method returns."""
    if name in names.RETURNED:
        method.return_value = names.RETURNED[name]
    elif name in ("__round__", "__trunc__", "__floor__", "__ceil__", "__divmod__", "__rdivmod__"):
        return
    elif name in _VALUES:
        method.return_value = _VALUES[name](mock)
    elif name in _EFFECTS:
        method.side_effect = _EFFECTS[name](mock)


_VALUES = {
    "__hash__": lambda mock: object.__hash__(mock),
    "__str__": lambda mock: object.__str__(mock),
    "__sizeof__": lambda mock: object.__sizeof__(mock),
    "__fspath__": lambda mock: f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}",
}


def _equal(mock):
    def effect(other):
        value = mock.__eq__._mock_return_value
        if value is not DEFAULT:
            return value
        return True if mock is other else NotImplemented

    return effect


def _unequal(mock):
    def effect(other):
        if mock.__ne__._mock_return_value is not DEFAULT:
            return DEFAULT
        return False if mock is other else NotImplemented

    return effect


def _iterated(mock):
    def effect():
        value = mock.__iter__._mock_return_value
        return iter([]) if value is DEFAULT else iter(value)

    return effect


def _iterated_async(mock):
    def effect():
        value = mock.__aiter__._mock_return_value
        return _AsyncIterator(iter([] if value is DEFAULT else value))

    return effect


class _AsyncIterator:
    def __init__(self, iterator):
        self._iterator = iterator

    def __aiter__(self):
        return self

    async def __anext__(self):
        for value in self._iterator:
            return value
        raise StopAsyncIteration


_EFFECTS = {"__eq__": _equal, "__ne__": _unequal, "__iter__": _iterated, "__aiter__": _iterated_async}


class MagicMixin:
    """The special methods, or those of them that the specification has."""

    @classmethod
    def _special_of(cls, spec):
        if spec is None:
            return _METHODS
        members = spec if type(spec) in (list, tuple) else dir(spec)
        return {name: method for name, method in _METHODS.items() if name in members}

    def mock_add_spec(self, spec, spec_set=False):
        """From now on the mock stands for that object, and has its special methods alone."""
        self._set_spec(spec, spec_set)
        wanted, cls = self._special_of(spec), type(self)
        for name in _METHODS:
            if name in cls.__dict__ and name not in wanted:
                delattr(cls, name)
            elif name in wanted and name not in cls.__dict__:
                setattr(cls, name, _METHODS[name])


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A mock with special methods that cannot be called."""


class MagicMock(MagicMixin, Mock):
    """A mock with special methods: it can be compared, iterated, indexed and used in `with` statements."""

    def reset_mock(self, /, *args, return_value=False, **kwargs):
        """Forgets all calls."""
        super().reset_mock(*args, return_value=return_value, **kwargs)
        if return_value:
            for name, child in list(self._mock_children.items()):
                if name in names.USUAL and isinstance(child, NonCallableMock):
                    _prepare(self, child, name)


for _class in (MagicMixin, NonCallableMagicMock, MagicMock):
    _class.__module__ = "unittest.mock"
