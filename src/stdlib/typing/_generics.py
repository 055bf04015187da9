"""Subscripted generic types: `List[int]`, `MyClass[T]`, and what replaces their parameters."""

from typing._params import Generic, ParamSpec, TypeVar, TypeVarTuple

_PARAMETERS = (TypeVar, ParamSpec, TypeVarTuple)


def shown(value):
    """A type as it stands in the repr of another."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    if value is ...:
        return "..."
    if isinstance(value, type) and not hasattr(value, "__origin__"):
        if value.__module__ == "builtins":
            return value.__qualname__
        return f"{value.__module__}.{value.__qualname__}"
    if type(value).__name__ == "function":
        return value.__name__
    return repr(value)


def parameters_of(args):
    """The type parameters in arguments, in the order of their first appearance."""
    found = []
    for arg in args:
        if isinstance(arg, type) and not hasattr(arg, "__origin__"):
            continue
        if isinstance(arg, _PARAMETERS):
            inner = (arg,)
        elif isinstance(arg, (tuple, list)):
            inner = parameters_of(arg)
        else:
            inner = getattr(arg, "__parameters__", ())
        found += [param for param in inner if param not in found]
    return tuple(found)


class GenericAliasBase:
    """A generic type with arguments, or with arguments still to come."""

    def __init__(self, origin, name=None):
        self.__dict__["__origin__"] = origin
        self.__dict__["_name"] = name

    def __getattr__(self, attr):
        if attr in ("__origin__", "__args__", "__mro_entries__", "_name"):
            raise AttributeError(attr)
        if attr.startswith("__") and attr.endswith("__") and attr != "__doc__":
            if attr in ("__name__", "__qualname__"):
                return self._name or getattr(self.__origin__, attr)
            raise AttributeError(attr)
        return getattr(self.__origin__, attr)

    def __setattr__(self, attr, value):
        setattr(self.__origin__, attr, value)

    def __or__(self, other):
        from typing import Union

        return Union[self, other]

    def __ror__(self, other):
        from typing import Union

        return Union[other, self]

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError(
            "Subscripted generics cannot be used with class and instance checks"
        )

    def __mro_entries__(self, bases):
        if self._name:
            entries = [self.__origin__]
            if Generic not in bases:
                later = bases[bases.index(self) + 1 :]
                if not any(
                    isinstance(base, GenericAliasBase)
                    or isinstance(base, type) and issubclass(base, Generic)
                    for base in later
                ):
                    entries.append(Generic)
            return tuple(entries)
        if self.__origin__ is Generic:
            later = bases[bases.index(self) + 1 :]
            for base in later:
                if isinstance(base, GenericAliasBase) and base is not self:
                    return ()
        return (self.__origin__,)


class GenericAlias(GenericAliasBase):
    """A generic type with its arguments."""

    def __init__(self, origin, args, name=None):
        super().__init__(origin, name)
        args = args if isinstance(args, tuple) else (args,)
        self.__dict__["__args__"] = args
        self.__dict__["__parameters__"] = parameters_of(args)

    def __call__(self, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except Exception:
            pass
        return made

    def __getitem__(self, args):
        if self.__origin__ is Generic:
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        args = args if isinstance(args, tuple) else (args,)
        return self._copy(substituted(self.__args__, self.__parameters__, args, self))

    def _copy(self, args):
        return type(self)(self.__origin__, args, self._name)

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return (self.__origin__, self.__args__) == (other.__origin__, other.__args__)

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else shown(self.__origin__)
        text = ", ".join(map(shown, self.__args__)) if self.__args__ else "()"
        return f"{name}[{text}]"

    def __iter__(self):
        from typing import Unpack

        yield Unpack[self]


def substituted(args, parameters, given, whole):
    """Arguments with parameters replaced by what was given for them."""
    if any(isinstance(param, TypeVarTuple) for param in parameters):
        values = _with_packs(parameters, given)
    else:
        _check_count(parameters, given, whole)
        defaults = [param.__default__ for param in parameters[len(given) :]]
        values = dict(zip(parameters, [*given, *defaults]))
    return tuple(_flattened(args, values))


def _check_count(parameters, given, whole):
    required = [param for param in parameters if not param.has_default()]
    if len(given) > len(parameters) or len(given) < len(required):
        word = "many" if len(given) > len(parameters) else "few"
        expected = len(parameters)
        if word == "few":
            expected = f"at least {len(required)}"
        elif len(required) != expected:
            expected = f"at most {expected}"
        raise TypeError(
            f"Too {word} arguments for {whole}; actual {len(given)}, expected {expected}"
        )


def _with_packs(parameters, given):
    at = [isinstance(param, TypeVarTuple) for param in parameters].index(True)
    behind = len(parameters) - at - 1
    values = dict(zip(parameters[:at], given))
    values[parameters[at]] = tuple(given[at : len(given) - behind])
    values.update(zip(parameters[at + 1 :], given[len(given) - behind :]))
    return values


def _flattened(args, values):
    for arg in args:
        if isinstance(arg, TypeVarTuple):
            yield from values[arg]
        elif isinstance(arg, _PARAMETERS):
            yield values[arg]
        elif isinstance(arg, (tuple, list)):
            yield type(arg)(_flattened(arg, values))
        else:
            inner = getattr(arg, "__parameters__", ())
            if not inner or isinstance(arg, type):
                yield arg
            elif getattr(arg, "_name", None) == "Unpack":
                yield from _flattened(arg.__args__, values)
            else:
                yield arg[tuple(_flattened(inner, values))]


def subscribe(cls, params):
    """`cls[params]` for Generic, Protocol and what derives from them."""
    params = params if isinstance(params, tuple) else (params,)
    params = tuple([type(None) if param is None else param for param in params])
    if cls.__module__ == "typing" and cls.__name__ in ("Generic", "Protocol"):
        if not params:
            raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
        plain = [getattr(p, "__args__", (p,))[0] if getattr(p, "_name", None) == "Unpack" else p for p in params]
        if not all(isinstance(param, _PARAMETERS) for param in plain):
            raise TypeError(
                f"Parameters to {cls.__name__}[...] must all be type variables or "
                "parameter specification variables."
            )
        if len(set(params)) != len(params):
            raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
        return GenericAlias(cls, params)
    own = getattr(cls, "__parameters__", ())
    if not own:
        raise TypeError(f"{cls!r} is not a generic class")
    if len(own) == 1 and isinstance(own[0], ParamSpec):
        return GenericAlias(cls, (params if len(params) != 1 else params[0],))
    if any(isinstance(param, TypeVarTuple) for param in own):
        return GenericAlias(cls, params)
    _check_count(own, params, cls)
    missing = [param.__default__ for param in own[len(params) :]]
    return GenericAlias(cls, (*params, *missing))


def collect_class_parameters(cls):
    """The type parameters of a new class, by its bases as they were written."""
    bases = cls.__dict__.get("__orig_bases__")
    if bases is None:
        if Generic in cls.__bases__ and cls.__name__ != "Protocol":
            raise TypeError("Cannot inherit from plain Generic")
        return ()
    if Generic in bases and cls.__name__ != "Protocol":
        raise TypeError("Cannot inherit from plain Generic")
    found = parameters_of(bases)
    listed = None
    for base in bases:
        origin = getattr(base, "__origin__", None)
        if origin is Generic or getattr(origin, "__name__", "") == "Protocol":
            if listed is not None and origin is Generic:
                raise TypeError("Cannot inherit from Generic[...] multiple times.")
            listed = base.__parameters__
    if listed is None:
        return found
    unlisted = [param for param in found if param not in listed]
    if unlisted:
        names = ", ".join(map(str, unlisted))
        all_listed = ", ".join(map(str, listed))
        raise TypeError(
            f"Some type variables ({names}) are not listed in Generic[{all_listed}]"
        )
    return listed
