"""The part of `warnings` that CPython writes in C: finding the place, the filter and the registry."""

import sys

# (action, message pattern, category, module pattern, line), first match wins.
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]

_defaultaction = "default"
_onceregistry = {}
_version = 1
_is_finalizing = False
_has_tracemalloc = False


def _import_tracemalloc():
    """Can warnings about objects import that module, or has one of them done so?"""
    global _has_tracemalloc
    _has_tracemalloc |= sys.path is not None
    return _has_tracemalloc


def _finalize():
    """The interpreter begins to take its modules apart."""
    global _is_finalizing
    _is_finalizing = True


def _check_modules():
    """Raises what an import raises once the interpreter has let go of its modules."""
    if _is_finalizing:
        raise ImportError("sys.meta_path is None, Python is likely shutting down")


def _filters_mutated():
    global _version
    _version += 1


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Issue a warning, or maybe ignore it or raise an exception."""
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    elif not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError(
            f"category must be a Warning subclass, not '{type(category).__name__}'"
        )
    # Frames of code that stands for C are invisible: frame 0 is the caller's.
    try:
        frame = sys._getframe(max(stacklevel, 1) - 1)
    except ValueError:
        namespace, filename, lineno = sys.__dict__, "<sys>", 0
    else:
        namespace, filename = frame.f_globals, frame.f_code.co_filename
        lineno = -1 if frame.f_lineno is None else frame.f_lineno
    registry = namespace.setdefault("__warningregistry__", {})
    module = namespace.get("__name__") or "<string>"
    warn_explicit(
        message, category, filename, lineno, module, registry, namespace, source
    )


def warn_explicit(
    message,
    category,
    filename,
    lineno,
    module=None,
    registry=None,
    module_globals=None,
    source=None,
):
    """Issue a warning, or maybe ignore it or raise an exception."""
    if module is None:
        module = filename.removesuffix(".py") or "<unknown>"
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _version:
        registry.clear()
        registry["version"] = _version
    if isinstance(message, Warning):
        text, category = str(message), type(message)
    else:
        text, message = message, category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    action = _action(text, category, module, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        if _seen(_onceregistry, (text, category)):
            return
    elif action == "module":
        registry[key] = 1
        if lineno and _seen(registry, (text, category, 0)):
            return
    elif action == "default":
        registry[key] = 1
    elif action not in ("always", "all"):
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n None")
    _show(message, category, filename, lineno, source)


def _show(message, category, filename, lineno, source):
    if _is_finalizing:
        # There is no module `warnings` any more, and what a program put into it is not asked.
        sys.stderr.write(f"{filename}:{lineno}: {category.__name__}: {message}\n")
        return
    import warnings

    if not callable(warnings._showwarnmsg):
        raise TypeError("warnings._showwarnmsg() must be set to a function or method")
    warnings._showwarnmsg(
        warnings.WarningMessage(message, category, filename, lineno, source=source)
    )


def _action(text, category, module, lineno):
    for action, message, kind, place, line in filters:
        if (
            issubclass(category, kind)
            and (line == 0 or line == lineno)
            and _fits(message, text)
            and _fits(place, module)
        ):
            return action
    return _defaultaction


def _fits(pattern, text):
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return pattern == text
    return pattern.match(text) is not None


def _seen(registry, key):
    if registry.get(key):
        return True
    registry[key] = 1
    return False
