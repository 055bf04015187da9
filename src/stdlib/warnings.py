"""Warnings: filters that decide what is shown, and how it is written to stderr."""

import sys

import _warnings
from _warnings import (
    _filters_mutated,
    _onceregistry,
    filters,
    warn,
    warn_explicit,
)

__all__ = [
    "warn",
    "warn_explicit",
    "showwarning",
    "formatwarning",
    "filterwarnings",
    "simplefilter",
    "resetwarnings",
    "catch_warnings",
    "deprecated",
]

onceregistry = _onceregistry
_ACTIONS = ("default", "error", "ignore", "always", "all", "module", "once")


class WarningMessage:
    """One warning with its place, as `catch_warnings(record=True)` collects them."""

    _WARNING_DETAILS = (
        "message",
        "category",
        "filename",
        "lineno",
        "file",
        "line",
        "source",
    )

    def __init__(
        self, message, category, filename, lineno, file=None, line=None, source=None
    ):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, "
            f"filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}"
        )

    def __repr__(self):
        return f"<{type(self).__qualname__} {self}>"


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning: place, category, message, and the line of source."""
    return _text_of(WarningMessage(message, category, filename, lineno, None, line))


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to a file, by default stderr. Programs may replace this function."""
    _write(WarningMessage(message, category, filename, lineno, file, line))


_own_formatwarning = formatwarning
_own_showwarning = showwarning


def _showwarnmsg(msg):
    """Shows one warning through `showwarning`, which the program may have replaced."""
    if showwarning is _own_showwarning:
        _write(msg)
        return
    if not callable(showwarning):
        raise TypeError("warnings.showwarning() must be set to a function or method")
    showwarning(
        msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line
    )


def _write(msg):
    file = sys.stderr if msg.file is None else msg.file
    if file is None:
        return
    try:
        file.write(_formatwarnmsg(msg))
    except OSError:
        pass


def _formatwarnmsg(msg):
    if formatwarning is _own_formatwarning:
        return _text_of(msg)
    return formatwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.line)


def _text_of(msg):
    category = msg.category.__name__
    text = f"{msg.filename}:{msg.lineno}: {category}: {msg.message}\n"
    line = msg.line
    if line is None:
        import linecache

        line = linecache.getline(msg.filename, msg.lineno)
    line = line and line.strip()
    if line:
        text += f"  {line}\n"
    if msg.source is not None and _warnings._import_tracemalloc():
        text += f"{category}: Enable tracemalloc to get the object allocation traceback\n"
    return text


def filterwarnings(
    action, message="", category=Warning, module="", lineno=0, append=False
):
    """Adds a rule: what to do with warnings of this category, message and module."""
    _check(action, lineno)
    for name, value in (("message", message), ("module", module)):
        if not isinstance(value, str):
            raise TypeError(f"{name} must be a string")
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError(
            f"category must be a Warning subclass, not '{type(category).__name__}'"
        )
    message = _pattern(message, ignore_case=True)
    module = _pattern(module, ignore_case=False)
    _add_filter(action, message, category, module, lineno, append=append)


def _pattern(text, ignore_case):
    if not text:
        return None
    import re

    return re.compile(text, re.I) if ignore_case else re.compile(text)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Adds a rule for all messages and modules."""
    _check(action, lineno)
    _add_filter(action, None, category, None, lineno, append=append)


def _check(action, lineno):
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")


def _add_filter(*item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Forgets all rules, so that every warning is shown."""
    del filters[:]
    _filters_mutated()


class catch_warnings:
    """Restores the rules, and how warnings are shown, at the end of the block; can record them."""

    def __init__(
        self,
        *,
        record=False,
        module=None,
        action=None,
        category=Warning,
        lineno=0,
        append=False,
    ):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        module = self._module
        self._filters = module.filters[:]
        self._shown_by = (module.showwarning, module._showwarnmsg)
        _filters_mutated()
        log = None
        if self._record:
            log = []
            module._showwarnmsg = log.append
            module.showwarning = _own_showwarning
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        self._module.filters[:] = self._filters
        self._module.showwarning, self._module._showwarnmsg = self._shown_by
        _filters_mutated()


class deprecated:
    """Marks a class or function as deprecated: using it warns, and type checkers say so."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(
                f"Expected an object of type str for 'message', not {type(message).__name__!r}"
            )
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        if self.category is None:
            arg.__deprecated__ = self.message
            return arg
        if isinstance(arg, type):
            return self._mark_class(arg)
        if callable(arg):
            return self._mark_function(arg)
        raise TypeError(
            "@deprecated decorator with non-None category must be applied to "
            f"a class or callable, not {arg!r}"
        )

    def _warn(self):
        # Two frames further out than the wrapper: whoever uses the deprecated thing.
        warn(self.message, category=self.category, stacklevel=self.stacklevel + 2)

    def _mark_function(self, function):
        import functools
        import inspect

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            self._warn()
            return function(*args, **kwargs)

        if inspect.iscoroutinefunction(function):
            wrapper = inspect.markcoroutinefunction(wrapper)
        function.__deprecated__ = wrapper.__deprecated__ = self.message
        return wrapper

    def _mark_class(self, cls):
        original_new = cls.__new__
        mark = self

        def __new__(new_cls, /, *args, **kwargs):
            if new_cls is cls:
                mark._warn()
            if original_new is not object.__new__:
                return original_new(new_cls, *args, **kwargs)
            if cls.__init__ is object.__init__ and (args or kwargs):
                raise TypeError(f"{cls.__name__}() takes no arguments")
            return original_new(new_cls)

        original_init_subclass = cls.__init_subclass__

        def __init_subclass__(*args, **kwargs):
            mark._warn()
            original = original_init_subclass
            if hasattr(original, "__func__"):
                return original.__func__(*args, **kwargs)
            return original(**kwargs)

        cls.__new__ = staticmethod(__new__)
        cls.__init_subclass__ = classmethod(__init_subclass__)
        cls.__deprecated__ = __new__.__deprecated__ = self.message
        return cls


def _warn_unawaited_coroutine(coro):
    """Called by the machine when a coroutine goes away that was never awaited."""
    text = f"coroutine '{coro.__qualname__}' was never awaited"
    if coro.cr_origin is not None and not _warnings._is_finalizing:
        import linecache
        import traceback
        places = [(file, line, name, linecache.getline(file, line)) for file, line, name in reversed(coro.cr_origin)]
        text += "\nCoroutine created at (most recent call last)\n" + "".join(traceback.format_list(places)).rstrip("\n")
    warn(text, category=RuntimeWarning, stacklevel=2, source=coro)


def _warn_unawaited_step(method, generator):
    """The same for a step of an asynchronous generator."""
    text = f"coroutine method {method!r} of {generator.__qualname__!r} was never awaited"
    warn(text, category=RuntimeWarning, stacklevel=2, source=generator)


_DEPRECATED_MSG = "{name!r} is deprecated and slated for removal in Python {remove}"


def _deprecated(name, message=_DEPRECATED_MSG, *, remove, _version=None):
    """Warns that something of the library will be removed."""
    version = f"{remove[0]}.{remove[1]}"
    warn(message.format(name=name, remove=version), DeprecationWarning, stacklevel=3)
