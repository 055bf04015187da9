"""Abstract base classes: `ABCMeta` with registration and subclass hooks, `abstractmethod`."""

from _weakref import ref as _ref

# Grows with each register(), which makes remembered "is no subclass" answers void.
_registrations = 0


def abstractmethod(funcobj):
    """Marks a method that concrete subclasses have to define."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """Old spelling of @classmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """Old spelling of @staticmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """Old spelling of @property over @abstractmethod."""

    __isabstractmethod__ = True


class _Knowledge:
    """What an abstract class knows of its subclasses, none of which it keeps: these are weak references."""

    __slots__ = ("registry", "subclasses", "strangers", "valid_for")

    def __init__(self):
        self.registry = []
        self.subclasses = set()
        self.strangers = set()
        self.valid_for = _registrations


class ABCMeta(type):
    """Metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = frozenset(_abstract_names(cls))
        cls._abc_impl = _Knowledge()
        return cls

    def register(cls, subclass):
        """Makes `subclass` count as a subclass of this one; can be used as a decorator."""
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_impl.registry.append(_ref(subclass))
        _registrations += 1
        return subclass

    def __instancecheck__(cls, instance):
        subclass = instance.__class__
        if isinstance(subclass, type) and _ref(subclass) in cls._abc_impl.subclasses:
            return True
        actual = type(instance)
        if actual is subclass:
            return cls.__subclasscheck__(subclass)
        return any(cls.__subclasscheck__(c) for c in (subclass, actual))

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        known, weak = cls._abc_impl, _ref(subclass)
        if weak in known.subclasses:
            return True
        if known.valid_for < _registrations:
            known.strangers.clear()
            known.valid_for = _registrations
        elif weak in known.strangers:
            return False
        answer = _is_subclass(cls, subclass)
        (known.subclasses if answer else known.strangers).add(weak)
        return answer


def _is_subclass(cls, subclass):
    answer = cls.__subclasshook__(subclass)
    if answer is not NotImplemented:
        return answer
    if cls in getattr(subclass, "__mro__", ()):
        return True
    registered = (weak() for weak in cls._abc_impl.registry)
    if any(other is not None and issubclass(subclass, other) for other in registered):
        return True
    return any(issubclass(subclass, other) for other in cls.__subclasses__())


def _is_abstract(value):
    return getattr(value, "__isabstractmethod__", False)


def _abstract_names(cls):
    for name, value in vars(cls).items():
        if _is_abstract(value):
            yield name
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if _is_abstract(getattr(cls, name, None)):
                yield name


class ABC(metaclass=ABCMeta):
    """Derive from it to make an abstract base class without naming the metaclass."""

    __slots__ = ()


def update_abstractmethods(cls):
    """Computes the abstract methods of a class again after it was changed."""
    if hasattr(cls, "__abstractmethods__"):
        cls.__abstractmethods__ = frozenset(_abstract_names(cls))
    return cls


def get_cache_token():
    """A number that changes whenever a class is registered."""
    return _registrations
