"""The operations of `functools` that CPython writes in C."""

from _loopscope import c_type

_MISSING = object()


def reduce(function, iterable, /, initial=_MISSING):
    try:
        iterator = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    if initial is _MISSING:
        for value in iterator:
            break
        else:
            raise TypeError("reduce() of empty iterable with no initial value")
    else:
        value = initial
    for item in iterator:
        value = function(value, item)
    return value


class _PlaceholderType:
    """The type of the mark for an argument that a partial object leaves open."""

    __module__ = "functools"
    __slots__ = ()

    def __repr__(self):
        return "Placeholder"

    def __reduce__(self):
        return "Placeholder"


Placeholder = _PlaceholderType()


@c_type
class partial:
    """A callable with some of its arguments given."""

    __module__ = "functools"
    __slots__ = ("func", "args", "keywords", "_open", "__dict__", "__weakref__")

    def __new__(cls, /, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func, args = args[0], args[1:]
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if args and args[-1] is Placeholder:
            raise TypeError("trailing Placeholders are not allowed")
        if keywords and Placeholder in keywords.values():
            raise TypeError("Placeholder cannot be passed as a keyword argument")
        if isinstance(func, partial):
            args = _filled(func.args, args) if func._open else func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = object.__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        self._open = _count_open(args)
        return self

    def __call__(self, /, *args, **keywords):
        if self._open:
            if len(args) < self._open:
                raise TypeError(
                    "missing positional arguments in 'partial' call;"
                    f" expected at least {self._open}, got {len(args)}"
                )
            args = _filled(self.args, args)
        else:
            args = self.args + args
        if not keywords:
            keywords = self.keywords
        elif self.keywords:
            keywords = {**self.keywords, **keywords}
        return self.func(*args, **keywords) if keywords else self.func(*args)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return _method_type(self, instance)

    def __repr__(self):
        kind = type(self)
        name = f"{kind.__module__}.{kind.__qualname__}"
        shown = [repr(self.func)]
        shown += [repr(arg) for arg in self.args]
        shown += [f"{key}={value!r}" for key, value in self.keywords.items()]
        return f"{name}({', '.join(shown)})"

    def __reduce__(self):
        attributes = {name: value for name, value in self.__dict__.items() if name not in _PARTS}
        return type(self), (self.func,), (self.func, self.args, self.keywords, attributes or None)

    def __setstate__(self, state):
        func, args, keywords, attributes = state
        if not callable(func) or not isinstance(args, tuple):
            raise TypeError("invalid partial state")
        self.func, self.args, self.keywords = func, tuple(args), dict(keywords or {})
        self._open = _count_open(args)
        self.__dict__.update(attributes or {})

    __class_getitem__ = classmethod(type(list[int]))


_PARTS = ("func", "args", "keywords", "_open")


def _count_open(args):
    """How many arguments are left open."""
    count = 0
    for arg in args:
        if arg is Placeholder:
            count += 1
    return count


def _filled(pattern, args):
    """The arguments with the first ones in the open places."""
    args = list(args)
    given = [args.pop(0) if arg is Placeholder and args else arg for arg in pattern]
    return (*given, *args)


class _Key:
    """A sort key that compares by a function of two arguments."""

    __module__ = "functools"
    __slots__ = ("_compare", "obj")

    def __init__(self, compare, obj):
        self._compare = compare
        self.obj = obj

    def __lt__(self, other):
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self._compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self._compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self._compare(self.obj, other.obj) >= 0

    __hash__ = None


def cmp_to_key(mycmp):
    def key(obj):
        return _Key(mycmp, obj)

    return key


class _HashedSeq(list):
    """The arguments of a call as a key, hashed once."""

    __slots__ = ("hashvalue",)

    def __init__(self, items):
        list.__init__(self, items)
        self.hashvalue = hash(tuple(items))

    def __hash__(self):
        return self.hashvalue


_KEYWORDS = object()


def _make_key(args, kwds, typed):
    """What calls are told apart by."""
    key = args
    if kwds:
        key = (*key, _KEYWORDS)
        for item in kwds.items():
            key += item
    if typed:
        key += tuple([type(value) for value in args])
        if kwds:
            key += tuple([type(value) for value in kwds.values()])
    elif len(key) == 1 and type(key[0]) in (int, str):
        return key[0]
    return _HashedSeq(key)


@c_type
class _lru_cache_wrapper:
    """A function that remembers its results; those used least recently give way."""

    __module__ = "functools"

    def __init__(self, function, maxsize, typed, cache_info_type):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self._info_type = cache_info_type
        self._results = {}
        self._hits = self._misses = 0

    def __call__(self, /, *args, **kwds):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwds)
        key = _make_key(args, kwds, self._typed)
        results = self._results
        result = results.get(key, _MISSING)
        if result is not _MISSING:
            self._hits += 1
            if self._maxsize is not None:
                del results[key]
                results[key] = result
            return result
        self._misses += 1
        result = self._function(*args, **kwds)
        if self._maxsize is not None and key not in results and len(results) >= self._maxsize:
            del results[next(iter(results))]
        results[key] = result
        return result

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return _method_type(self, instance)

    def cache_info(self):
        return self._info_type(self._hits, self._misses, self._maxsize, len(self._results))

    def cache_clear(self):
        self._hits = self._misses = 0
        self._results.clear()

    def __repr__(self):
        return f"<functools._lru_cache_wrapper object at {id(self):#x}>"

    def __reduce__(self):
        return self.__qualname__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _bound():
    class Anything:
        def method(self):
            pass

    return type(Anything().method)


_method_type = _bound()
