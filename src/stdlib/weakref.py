"""References that do not keep their objects alive."""

import _collections_abc
from _weakref import ReferenceType, getweakrefcount, getweakrefs, ref
from _weakrefset import KeyRef, WeakSet, forgetting

__all__ = [
    "CallableProxyType",
    "ProxyType",
    "ProxyTypes",
    "ReferenceType",
    "WeakKeyDictionary",
    "WeakMethod",
    "WeakSet",
    "WeakValueDictionary",
    "finalize",
    "getweakrefcount",
    "getweakrefs",
    "proxy",
    "ref",
]


class ProxyType:
    """Stands for an object without keeping it alive."""

    __slots__ = ("_ProxyType__ref", "__weakref__")

    def __init__(self, object, callback=None):
        notify = None if callback is None else lambda _: callback(self)
        super().__setattr__("_ProxyType__ref", ref(object, notify))

    def __getattribute__(self, name):
        return getattr(_target(self), name)

    def __setattr__(self, name, value):
        setattr(_target(self), name, value)

    def __delattr__(self, name):
        delattr(_target(self), name)

    def __repr__(self):
        target = _target(self)
        return f"<weakproxy at {id(self):#x} to {type(target).__name__} at {id(target):#x}>"

    def __str__(self):
        return str(_target(self))

    def __bool__(self):
        return bool(_target(self))

    def __len__(self):
        return len(_target(self))

    def __iter__(self):
        return iter(_target(self))

    def __contains__(self, item):
        return item in _target(self)

    def __getitem__(self, key):
        return _target(self)[key]

    def __setitem__(self, key, value):
        _target(self)[key] = value

    def __delitem__(self, key):
        del _target(self)[key]

    def __eq__(self, other):
        return _target(self) == other

    def __lt__(self, other):
        return _target(self) < other

    __hash__ = None


class CallableProxyType(ProxyType):
    """The same for an object that can be called."""

    __slots__ = ()

    def __call__(self, /, *args, **kwargs):
        return _target(self)(*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)


def _target(proxy):
    target = object.__getattribute__(proxy, "_ProxyType__ref")()
    if target is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return target


def proxy(object, callback=None, /):
    kind = CallableProxyType if callable(object) else ProxyType
    return kind(object, callback)


class WeakMethod(ref):
    """A weak reference to a bound method."""

    def __new__(cls, meth, callback=None):
        try:
            obj, func = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None
        self = ref.__new__(cls, obj, None if callback is None else lambda _: callback(self))
        self._function = ref(func)
        self._kind = type(meth)
        return self

    def __call__(self):
        obj, func = super().__call__(), self._function()
        if obj is None or func is None:
            return None
        return self._kind(func, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self() is None or other() is None:
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = ref.__hash__


class _KeyedRef(ref):
    """The reference to a value, which knows its key."""

    def __new__(cls, value, callback, key):
        self = ref.__new__(cls, value, callback)
        self.key = key
        return self

    def __init__(self, value, callback, key):
        super().__init__(value, callback)


def _drop_value(data, reference):
    if data.get(reference.key) is reference:
        del data[reference.key]


class WeakValueDictionary(_collections_abc.MutableMapping):
    """A mapping whose entries vanish with their values."""

    def __init__(self, other=(), /, **kw):
        self.data = {}
        self._forget = forgetting(self, _drop_value)
        self.update(other, **kw)

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = _KeyedRef(value, self._forget, key)

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def __iter__(self):
        for key, reference in list(self.data.items()):
            if reference() is not None:
                yield key

    keys = __iter__

    def items(self):
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                yield key, value

    def values(self):
        for reference in list(self.data.values()):
            value = reference()
            if value is not None:
                yield value

    def get(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def pop(self, key, *args):
        reference = self.data.pop(key, None)
        value = None if reference is None else reference()
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is not None:
            return value
        self[key] = default
        return default

    def itervaluerefs(self):
        yield from list(self.data.values())

    def __deepcopy__(self, memo):
        from copy import deepcopy

        copied = self.__class__()
        for key, value in self.items():
            copied[deepcopy(key, memo)] = value
        return copied

    def valuerefs(self):
        return list(self.data.values())

    def copy(self):
        return type(self)(list(self.items()))

    __copy__ = copy

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"


class WeakKeyDictionary(_collections_abc.MutableMapping):
    """A mapping whose entries vanish with their keys."""

    def __init__(self, dict=None):
        self.data = {}
        self._forget = forgetting(self, lambda data, reference: data.pop(reference, None))
        if dict is not None:
            self.update(dict)

    def __getitem__(self, key):
        return self.data[KeyRef(key)]

    def __setitem__(self, key, value):
        self.data[KeyRef(key, self._forget)] = value

    def __delitem__(self, key):
        del self.data[KeyRef(key)]

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        try:
            return KeyRef(key) in self.data
        except TypeError:
            return False

    def __iter__(self):
        for reference in list(self.data):
            key = reference()
            if key is not None:
                yield key

    keys = __iter__

    def items(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def values(self):
        for _, value in self.items():
            yield value

    def get(self, key, default=None):
        return self.data.get(KeyRef(key), default)

    def pop(self, key, *args):
        return self.data.pop(KeyRef(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(KeyRef(key, self._forget), default)

    def __deepcopy__(self, memo):
        from copy import deepcopy

        copied = self.__class__()
        for key, value in self.items():
            copied[key] = deepcopy(value, memo)
        return copied

    def keyrefs(self):
        return list(self.data)

    def copy(self):
        return type(self)(dict(self.items()))

    __copy__ = copy

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"


class finalize:
    """Calls a function when an object is gone, at the latest when the program ends."""

    __slots__ = ()
    _registry = {}
    _at_exit = False

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._at_exit:
            import atexit

            atexit.register(finalize._run_all)
            finalize._at_exit = True
        entry = [ref(obj, self), func, args, kwargs, True]
        finalize._registry[self] = entry

    def __call__(self, _=None):
        entry = finalize._registry.pop(self, None)
        if entry is not None:
            return entry[1](*entry[2], **entry[3])

    def detach(self):
        entry = finalize._registry.get(self)
        obj = entry and entry[0]()
        if obj is not None and finalize._registry.pop(self, None):
            return obj, entry[1], entry[2], entry[3]

    def peek(self):
        entry = finalize._registry.get(self)
        obj = entry and entry[0]()
        if obj is not None:
            return obj, entry[1], entry[2], entry[3]

    @property
    def alive(self):
        return self in finalize._registry

    @property
    def atexit(self):
        entry = finalize._registry.get(self)
        return bool(entry) and entry[4]

    @atexit.setter
    def atexit(self, value):
        entry = finalize._registry.get(self)
        if entry:
            entry[4] = bool(value)

    def __repr__(self):
        entry = finalize._registry.get(self)
        obj = entry and entry[0]()
        if obj is None:
            return f"<finalize object at {id(self):#x}; dead>"
        return (
            f"<finalize object at {id(self):#x}; for {type(obj).__name__!r} at {id(obj):#x}>"
        )

    @classmethod
    def _run_all(cls):
        for self, entry in reversed(list(cls._registry.items())):
            if entry[4]:
                self()
