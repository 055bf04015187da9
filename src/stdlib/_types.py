"""The parts of `types` that CPython writes in C: SimpleNamespace, and generators as coroutines."""


from _loopscope import c_type

@c_type
class SimpleNamespace:
    """A simple attribute-based namespace."""

    __module__ = "types"

    def __init__(self, mapping_or_iterable=(), /, **kwargs):
        for name, value in dict(mapping_or_iterable).items():
            if not isinstance(name, str):
                raise TypeError("keywords must be strings")
            self.__dict__[name] = value
        self.__dict__.update(kwargs)

    def __repr__(self):
        name = type(self).__name__
        if type(self) is SimpleNamespace:
            name = "namespace"
        if id(self) in _in_repr:
            return f"{name}(...)"
        _in_repr.add(id(self))
        try:
            items = [f"{key}={value!r}" for key, value in self.__dict__.items()]
        finally:
            _in_repr.discard(id(self))
        return f"{name}({', '.join(items)})"

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None

    def __reduce__(self):
        return type(self), (), self.__dict__

    def __replace__(self, /, **changes):
        made = type(self)(**self.__dict__)
        made.__dict__.update(changes)
        return made


_in_repr = set()


def coroutine(func):
    """Convert regular generator function to a coroutine."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    flags = getattr(getattr(func, "__code__", None), "co_flags", 0)
    if flags & 0x180:
        return func
    if flags & 0x20:
        from _loopscope import iterable_coroutine

        return iterable_coroutine(func)
    import functools

    @functools.wraps(func)
    def wrapped(*args, **kwargs):
        made = func(*args, **kwargs)
        if type(made).__name__ == "coroutine" or hasattr(type(made), "__await__"):
            return made
        if hasattr(made, "send") and hasattr(made, "throw") and hasattr(made, "close"):
            return _GeneratorWrapper(made)
        return made

    return wrapped


class _GeneratorWrapper:
    """Something like a generator, to be awaited."""

    __module__ = "types"

    def __init__(self, generator):
        self._wrapped = generator
        self.__name__ = getattr(generator, "__name__", None)
        self.__qualname__ = getattr(generator, "__qualname__", None)

    def send(self, value):
        return self._wrapped.send(value)

    def throw(self, *error):
        return self._wrapped.throw(*error)

    def close(self):
        return self._wrapped.close()

    def __next__(self):
        return next(self._wrapped)

    def __iter__(self):
        return self

    __await__ = __iter__
