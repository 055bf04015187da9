"""How objects of classes are reduced for copying and pickling."""

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Registers a function that reduces the objects of a class."""
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def pickle_complex(c):
    return complex, (c.real, c.imag)


def pickle_union(obj):
    from operator import getitem
    from typing import Union

    return getitem, (Union, obj.__args__)


def constructor(object):
    """Declares what makes objects again; it only has to be callable."""
    if not callable(object):
        raise TypeError("constructors must be callable")


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    made = base.__new__(cls) if base is object else base.__new__(cls, state)
    if base is not object and base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


pickle(complex, pickle_complex, complex)
pickle(type(int | str), pickle_union)


def __getattr__(name):
    if name in ("add_extension", "remove_extension", "clear_extension_cache"):
        from _loopscope import unsupported

        unsupported(f"copyreg.{name}")
    raise AttributeError(f"module 'copyreg' has no attribute {name!r}")
