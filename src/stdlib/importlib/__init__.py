"""Importing by name at run time."""

import sys

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

__import__ = __import__


def import_module(name, package=None):
    """The module of a name; a relative name is taken from the package."""
    level = len(name) - len(name.lstrip("."))
    if level:
        if not package:
            raise TypeError(
                f"the 'package' argument is required to perform a relative import for {name!r}"
            )
        base = package.rsplit(".", level - 1)[0] if level > 1 else package
        name = f"{base}.{name[level:]}" if name[level:] else base
    if name not in sys.modules:
        __import__(name)
    return sys.modules[name]


def invalidate_caches():
    """Nothing is cached here."""


def reload(module):
    """Modules cannot be loaded again here."""
    from _loopscope import unsupported

    unsupported("importlib.reload")
