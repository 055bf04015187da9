"""Classes and functions by their names: where they are found."""

import builtins
import sys
from _pickle._errors import PicklingError
from _reduce import is_native

# What protocols before 3 call the things of Python 3: modules, and names of modules.
_OLD_MODULES = {
    "builtins": "__builtin__",
    "copyreg": "copy_reg",
    "queue": "Queue",
    "socketserver": "SocketServer",
    "configparser": "ConfigParser",
    "_thread": "thread",
    "functools": "__builtin__",
}
_OLD_NAMES = {
    ("builtins", "range"): ("__builtin__", "xrange"),
    ("builtins", "zip"): ("itertools", "izip"),
    ("builtins", "map"): ("itertools", "imap"),
    ("builtins", "filter"): ("itertools", "ifilter"),
    ("builtins", "chr"): ("__builtin__", "unichr"),
    ("builtins", "str"): ("__builtin__", "unicode"),
    ("builtins", "int"): ("__builtin__", "long"),
    ("builtins", "ModuleNotFoundError"): ("exceptions", "ImportError"),
    ("functools", "reduce"): ("__builtin__", "reduce"),
    ("collections", "UserDict"): ("UserDict", "IterableUserDict"),
    ("collections", "UserList"): ("UserList", "UserList"),
    ("collections", "UserString"): ("UserString", "UserString"),
}
_NEW_MODULES = {old: new for new, old in _OLD_MODULES.items() if new != "functools"}
_NEW_NAMES = {old: new for new, old in _OLD_NAMES.items()}
# Two names that Python 3 has only one thing for.
_NEW_NAMES["__builtin__", "basestring"] = ("builtins", "str")


def old_name(module, name):
    """What Python 2 called it."""
    if module == "builtins" and isinstance(getattr(builtins, name, None), type):
        if issubclass(getattr(builtins, name), OSError):
            return "exceptions", "OSError"
        if issubclass(getattr(builtins, name), BaseException) and (module, name) not in _OLD_NAMES:
            return "exceptions", name
    if (module, name) in _OLD_NAMES:
        return _OLD_NAMES[module, name]
    if module == "functools":
        return module, name
    return _OLD_MODULES.get(module, module), name


def new_name(module, name):
    """What Python 3 calls a thing of Python 2."""
    if module == "exceptions":
        return "builtins", name
    if (module, name) in _NEW_NAMES:
        return _NEW_NAMES[module, name]
    return _NEW_MODULES.get(module, module), name


def place_of(obj, name):
    """The names of a thing's module and of itself, and what it is an attribute of."""
    if name is None:
        name = getattr(obj, "__qualname__", None)
        if name is None:
            name = obj.__name__
    path = name.split(".")
    if "<locals>" in path:
        raise PicklingError(f"Can't pickle local object {obj!r}")
    module = _module_name(obj, path)
    try:
        __import__(module, level=0)
        root = sys.modules[module]
    except (ImportError, ValueError, KeyError) as exception:
        raise PicklingError(f"Can't pickle {obj!r}: {exception!s}")
    try:
        found, parent = resolved(root, path)
    except AttributeError:
        raise PicklingError(f"Can't pickle {obj!r}: it's not found as {module}.{name}")
    if found is not obj:
        raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module}.{name}")
    if module == name and isinstance(obj, type) and is_native(obj):
        # A class in C has its name as a text of its own.
        name = "".join([name[:1], name[1:]])
    return module, name, parent


def _module_name(obj, path):
    module = getattr(obj, "__module__", None)
    if module is not None:
        # Each module in C has its name as a text of its own, other than the one of its classes.
        return _of_functions(module) if isinstance(obj, _BUILTIN) else module
    for name, candidate in list(sys.modules.items()):
        if name in ("__main__", "__mp_main__") or candidate is None:
            continue
        try:
            if resolved(candidate, path)[0] is obj:
                return name
        except AttributeError:
            pass
    return "__main__"


def resolved(root, path):
    """What a path of attributes leads to, and the last but one on it."""
    found = parent = root
    for name in path:
        parent, found = found, getattr(found, name)
    return found, parent


_BUILTIN = type(len)
_texts = {}


def _of_functions(module):
    if module not in _texts:
        _texts[module] = "".join([module[:1], module[1:]])
    return _texts[module]
