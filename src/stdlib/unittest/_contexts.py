"""Context managers of assertions: what a block has to raise, warn of or log."""

import logging
import re
import warnings
from collections import namedtuple


class Raises:
    """Something has to raise an exception."""

    base, what = BaseException, "an exception type or tuple of exception types"

    def __init__(self, expected, case, regex, keywords):
        self.expected, self._case = expected, case
        self._regex = None if regex is None else re.compile(regex)
        self._called, self._message = None, None

    def _begin(self, name, args, kwargs):
        kinds = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        if not all([isinstance(kind, type) and issubclass(kind, self.base) for kind in kinds]):
            raise TypeError(f"{name}() arg 1 must be {self.what}")
        if not args:
            self._message = kwargs.pop("msg", None)
            if kwargs:
                raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
            return self
        function, *args = args
        self._called = getattr(function, "__name__", str(function))
        with self:
            function(*args, **kwargs)

    def __enter__(self):
        return self

    def _fail(self, standard):
        raise self._case.failureException(self._case._formatMessage(self._message, standard))

    def _name(self):
        return getattr(self.expected, "__name__", str(self.expected))

    def __exit__(self, kind, exception, tb):
        if kind is None:
            by = f" by {self._called}" if self._called else ""
            self._fail(f"{self._name()} not raised{by}")
        if not issubclass(kind, self.expected):
            return False
        self.exception = exception.with_traceback(None)
        if self._regex is not None and not self._regex.search(str(exception)):
            self._fail(f'"{self._regex.pattern}" does not match "{exception}"')
        return True


class Warns(Raises):
    """Something has to warn."""

    base, what = Warning, "a warning type or tuple of warning types"

    def __enter__(self):
        self._catch = warnings.catch_warnings(record=True)
        self.warnings = self._catch.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, kind, exception, tb):
        self._catch.__exit__(kind, exception, tb)
        if kind is not None:
            return False
        first = None
        for found in self.warnings:
            if not isinstance(found.message, self.expected):
                continue
            first = first or found.message
            if self._regex is None or self._regex.search(str(found.message)):
                self.warning, self.filename, self.lineno = found.message, found.filename, found.lineno
                return False
        if first is not None:
            self._fail(f'"{self._regex.pattern}" does not match "{first}"')
        by = f" by {self._called}" if self._called else ""
        self._fail(f"{self._name()} not triggered{by}")


_Logged = namedtuple("_LoggingWatcher", "records output")


class _Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self):
        super().__init__()
        self.watcher = _Logged([], [])

    def emit(self, record):
        self.watcher.records.append(record)
        self.watcher.output.append(self.format(record))


class Logs:
    """Something has to be logged; nothing of it goes elsewhere."""

    def __init__(self, case, logger, level):
        self._case, self._name = case, logger
        self._level = logging.getLevelNamesMapping().get(level, level) if level else logging.INFO

    def __enter__(self):
        named = isinstance(self._name, logging.Logger)
        self.logger = logger = self._name if named else logging.getLogger(self._name)
        handler = _Kept()
        handler.setLevel(self._level)
        handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
        self._watcher = handler.watcher
        self._before = logger.handlers[:], logger.level, logger.propagate
        logger.handlers = [handler]
        logger.setLevel(self._level)
        logger.propagate = False
        return self._entered(handler)

    def _entered(self, handler):
        self.records, self.output = handler.watcher
        return handler.watcher

    def __exit__(self, kind, exception, tb):
        self.logger.handlers, level, self.logger.propagate = self._before
        self.logger.setLevel(level)
        if kind is None:
            self._check()
        return False

    def _check(self):
        if not self._watcher.records:
            level = logging.getLevelName(self._level)
            self._fail(f"no logs of level {level} or higher triggered on {self.logger.name}")

    def _fail(self, standard):
        raise self._case.failureException(self._case._formatMessage(None, standard))


class NoLogs(Logs):
    """Nothing may be logged."""

    def _entered(self, handler):
        return None

    def _check(self):
        if self._watcher.records:
            self._fail(f"Unexpected logs found: {self._watcher.output!r}")
