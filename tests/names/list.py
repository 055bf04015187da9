"""The public names of modules of the CPython that runs this: `python3.14 list.py MODULE …` prints one a line.

Left out are modules, what a module imports for its own use, and what a class has of object, int or BaseException.
"""

import importlib
import sys
import types

COMMON = {name for base in (object, int, BaseException) for name in dir(base)}


def belongs(module, name, value):
    if name in getattr(module, "__all__", ()):
        return True
    if name.startswith("_") or isinstance(value, types.ModuleType):
        return False
    home = getattr(value, "__module__", module.__name__)
    return home is None or home.lstrip("_").split(".")[0] == module.__name__.split(".")[0]


def names(module):
    for name in sorted({*dir(module), *getattr(module, "__all__", ())}):
        value = getattr(module, name)
        if not belongs(module, name, value):
            continue
        yield name
        if isinstance(value, type):
            for attribute in dir(value):
                if not attribute.startswith("_") and attribute not in COMMON:
                    yield f"{name}.{attribute}"


for argument in sys.argv[1:]:
    for name in names(importlib.import_module(argument)):
        print(argument, name)
