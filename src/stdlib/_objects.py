"""Python code that stands in for parts of the machine that CPython writes in C: attributes, classes, exception
groups, pattern matching, generics.

The machine asks for these functions by name; their frames are invisible in tracebacks.
"""


def get_attribute_or(object, name, default):
    try:
        return getattr(object, name)
    except AttributeError:
        return default


def get_item_or(mapping, key, default):
    try:
        return mapping[key]
    except KeyError:
        return default


def take(iterable, most):
    """The first items of an iterable, at most so many."""
    items = []
    for item in iterable:
        items.append(item)
        if len(items) == most:
            break
    return items


def mapping_items(mapping):
    return [(key, mapping[key]) for key in mapping.keys()]


def warn_never_awaited(coroutine):
    import warnings
    warnings._warn_unawaited_coroutine(coroutine)


def warn_step_never_awaited(method, generator):
    import warnings
    warnings._warn_unawaited_step(method, generator)


def warn_inverted_bool():
    import warnings
    message = (
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise "
        "inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' "
        "operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int."
    )
    warnings.warn(message, DeprecationWarning, stacklevel=1)


def warn_three_arguments_of_throw():
    import warnings
    message = "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead."
    warnings.warn(message, DeprecationWarning, stacklevel=1)


def unknown_encoding(name):
    """Refuses what CPython has besides; what it lacks as well is an error of the program."""
    known = (
        "big5 cp037 cp850 cp852 cp858 cp866 cp932 cp949 cp950 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 "
        "cp1258 euc_jp euc_kr gb18030 gb2312 gbk hz idna iso2022_jp iso8859_2 iso8859_3 iso8859_4 iso8859_5 "
        "iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_13 iso8859_14 iso8859_16 johab koi8_r koi8_u "
        "mac_roman mac_latin2 mbcs punycode raw_unicode_escape shift_jis tis_620 utf_7"
    )
    plain = name.lower().replace("-", "_").replace("iso_", "iso").replace("windows_", "cp")
    if plain in known.split():
        from _loopscope import unsupported
        unsupported(f"the encoding {name}")
    raise LookupError(f"unknown encoding: {name}")


def syntax_warning(message, filename, line):
    """Issue a warning about the text of a program; a filter can make it an error."""
    import warnings
    try:
        warnings.warn_explicit(message, SyntaxWarning, filename, line)
    except SyntaxWarning:
        raise SyntaxError(message, (filename, line, None, None)) from None


# Exception groups

def split_exception_group(exception, wanted):
    """What `except* wanted` takes of an exception, and what is left."""
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    if not all(isinstance(kind, type) and issubclass(kind, BaseException) for kind in kinds):
        raise TypeError("catching classes that do not inherit from BaseException is not allowed")
    if any(issubclass(kind, BaseExceptionGroup) for kind in kinds):
        raise TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
    if isinstance(exception, BaseExceptionGroup):
        return exception.split(wanted)
    if isinstance(exception, wanted):
        return BaseExceptionGroup("", (exception,)), None
    return None, exception


def matcher(condition):
    if isinstance(condition, type) and issubclass(condition, BaseException) or isinstance(condition, tuple):
        return lambda exception: isinstance(exception, condition)
    if callable(condition) and not isinstance(condition, type):
        return condition
    raise TypeError("expected an exception type, a tuple of exception types, or a callable (other than a class)")


def derived(group, members):
    if not members:
        return None
    new = group.derive(members)
    if not isinstance(new, BaseExceptionGroup):
        raise TypeError("derive must return an instance of BaseExceptionGroup")
    new.__traceback__ = group.__traceback__
    new.__context__ = group.__context__
    new.__cause__ = group.__cause__     # even None: from here on tracebacks do not show the context
    notes = getattr(group, "__notes__", None)
    if notes is not None:
        new.__notes__ = list(notes)
    return new


def group_split(group, condition):
    return split_by(group, matcher(condition))


def split_by(exception, matches):
    if matches(exception):
        return exception, None
    if not isinstance(exception, BaseExceptionGroup):
        return None, exception
    taken, left = [], []
    for member in exception.exceptions:
        yes, no = split_by(member, matches)
        if yes is not None:
            taken.append(yes)
        if no is not None:
            left.append(no)
    return derived(exception, taken), derived(exception, left)


def group_subgroup(group, condition):
    return split_by(group, matcher(condition))[0]


def leaves(exception):
    if isinstance(exception, BaseExceptionGroup):
        found = []
        for member in exception.exceptions:
            found += leaves(member)
        return found
    return [id(exception)]


def prep_reraise_star(original, raised):
    """What leaves `try … except*`: what the handlers raised, and what none of them took."""
    raised = [exception for exception in raised if exception is not None]
    if not raised:
        return None
    if not isinstance(original, BaseExceptionGroup):
        if len(raised) == 1:
            return raised[0]
        return ExceptionGroup("", raised) if all(isinstance(e, Exception) for e in raised) else BaseExceptionGroup("", raised)
    new, again = [], []
    known = set(leaves(original))
    for exception in raised:
        is_part = (isinstance(exception, BaseExceptionGroup) and exception.__traceback__ is original.__traceback__
                   and known.issuperset(leaves(exception)))
        (again if is_part else new).append(exception)
    kept = set()
    for exception in again:
        kept.update(leaves(exception))
    rest = split_by(original, lambda e: id(e) in kept and not isinstance(e, BaseExceptionGroup))[0] if kept else None
    if not new:
        return rest
    if rest is not None:
        new.append(rest)
    if len(new) == 1:
        return new[0]
    return BaseExceptionGroup("", new)


# Pattern matching

def is_match_sequence(subject):
    from collections.abc import Sequence
    return isinstance(subject, Sequence) and not isinstance(subject, (str, bytes, bytearray))


def is_match_mapping(subject):
    from collections.abc import Mapping
    return isinstance(subject, Mapping)


def match_keys(subject, keys):
    missing = object()
    values = []
    for key in keys:
        value = subject.get(key, missing)
        if value is missing:
            return None
        values.append(value)
    return tuple(values)


# dir()

def sorted_keys(mapping):
    return sorted(mapping)


def dir_of(object):
    return sorted(type(object).__dir__(object))


def object_dir(object):
    names = {}
    names.update(dict.fromkeys(getattr(object, "__dict__", ())))
    for base in type(object).__mro__:
        names.update(dict.fromkeys(base.__dict__))
    return list(names)


def class_dir(cls):
    names = {}
    for base in cls.__mro__:
        names.update(dict.fromkeys(base.__dict__))
    return list(names)


def module_dir(module):
    function = module.__dict__.get("__dir__")
    return function() if function is not None else list(module.__dict__)


# Views of bytes

def memoryview_new(cls, object):
    import _memoryview
    return _memoryview.new(cls, object)


def memoryview_attribute(view, name):
    import _memoryview
    return _memoryview.attribute(view, name)


def memoryview_method(name, arguments):
    import _memoryview
    if name == "hex":
        return _memoryview.to_bytes(arguments[0]).hex(*arguments[1:])
    if name == "count":
        return _memoryview.to_list(arguments[0]).count(arguments[1])
    return getattr(_memoryview, name)(*arguments)


# Copying and pickling

def object_reduce_ex(object, protocol):
    from _reduce import reduce_ex
    return reduce_ex(object, protocol)


def object_reduce(object):
    from _reduce import reduced
    return reduced(object, 0)


def exception_setstate(exception, state):
    if state is not None:
        if not isinstance(state, dict):
            raise TypeError("state is not a dictionary")
        for name, value in state.items():
            setattr(exception, name, value)


def object_getstate(object):
    from _reduce import get_state
    return get_state(object)


_CO_ITERABLE_COROUTINE = 0x100


class anext_awaitable:
    """The awaitable of `anext(iterator, default)`, which is a coroutine as far as asyncio goes."""

    __module__ = "builtins"

    def __init__(self, awaitable, default):
        self.awaitable = awaitable
        self.default = default

    def __await__(self):
        return self

    __iter__ = __await__

    def __next__(self):
        return self._resumed("__next__")

    def send(self, value, /):
        return self._resumed("send", value)

    def throw(self, *exception):
        return self._resumed("throw", *exception)

    def close(self):
        return self._resumed("close")

    def _iterator(self):
        kind = type(self.awaitable)
        if getattr(getattr(self.awaitable, "gi_code", None), "co_flags", 0) & _CO_ITERABLE_COROUTINE:
            return self.awaitable
        if not hasattr(kind, "__await__"):
            raise TypeError(f"'{kind.__name__}' object can't be awaited")
        return kind.__await__(self.awaitable)

    def _resumed(self, method, *arguments):
        try:
            return getattr(self._iterator(), method)(*arguments)
        except StopAsyncIteration:
            pass
        raise StopIteration(self.default)


def anext_or(iterator, default):
    if not hasattr(type(iterator), "__anext__"):
        raise TypeError(f"'{type(iterator).__name__}' object is not an async iterator")
    return anext_awaitable(type(iterator).__anext__(iterator), default)


# Generics, type parameters, templates

def generic_alias(origin, arguments):
    import types
    return types.GenericAlias(origin, arguments)


def make_type_alias(name, parameters, value):
    from typing import TypeAliasType
    return TypeAliasType._make(name, parameters, value)


def make_type_param(kind, name, bound):
    from typing import _params
    return _params.make_type_param(kind, name, bound)


def set_type_param_default(parameter, value):
    from typing import _params
    return _params.set_default(parameter, value)


def alias_iter(starred):
    return iter((starred,))


def subscript_generic(parameters):
    from typing import Generic, TypeVarTuple, Unpack
    return Generic[tuple(Unpack[it] if isinstance(it, TypeVarTuple) else it for it in parameters)]


def make_interpolation(value, expression, conversion, spec):
    from string.templatelib import Interpolation
    return Interpolation(value, expression, conversion, spec)


def make_template(strings, interpolations):
    from string.templatelib import Template
    template = object.__new__(Template)
    template._strings, template._interpolations = strings, interpolations
    return template


def set_name(value, owner, name):
    """Calls `__set_name__`, and notes on what it raises where that was."""
    try:
        type(value).__set_name__(value, owner, name)
    except BaseException as error:
        where = f"instance {name!r} in {owner.__name__!r}"
        error.add_note(f"Error calling __set_name__ on {type(value).__name__!r} {where}")
        raise


def alias_parameters(alias):
    """The type parameters that a generic alias or a union leaves open."""
    from typing._generics import parameters_of

    return parameters_of(alias.__args__)


def alias_subscript(alias, args):
    """`list[T][int]`, `(list[T] | None)[int]`"""
    from typing._generics import substituted

    parameters = alias.__parameters__
    if not parameters:
        raise TypeError(f"{alias!r} is not a generic class")
    args = args if isinstance(args, tuple) else (args,)
    found = substituted(alias.__args__, parameters, args, alias)
    if alias.__origin__ is type(int | str):
        first, *others = found
        for other in others:
            first |= other
        return first
    return alias.__origin__[found if len(found) > 1 else found[0]]


def write_lines(stream, lines):
    """`writelines` of the standard streams."""
    for line in lines:
        stream.write(line)
