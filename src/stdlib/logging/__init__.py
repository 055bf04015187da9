"""Logging: loggers, levels, handlers and formatters, writing to stderr unless told otherwise."""

import sys
import threading
from logging._format import (
    BASIC_FORMAT,
    BufferingFormatter,
    Formatter,
    LogRecord,
    PercentStyle,
    StrFormatStyle,
    StringTemplateStyle,
    _STYLES,
    getLogRecordFactory,
    makeLogRecord,
    setLogRecordFactory,
)
from logging._levels import (
    CRITICAL,
    DEBUG,
    ERROR,
    FATAL,
    INFO,
    NOTSET,
    WARN,
    WARNING,
    _checkLevel,
    _levelToName,
    _nameToLevel,
    addLevelName,
    getLevelName,
    getLevelNamesMapping,
)

__all__ = [
    "BASIC_FORMAT",
    "BufferingFormatter",
    "CRITICAL",
    "DEBUG",
    "ERROR",
    "FATAL",
    "FileHandler",
    "Filter",
    "Formatter",
    "Handler",
    "INFO",
    "LogRecord",
    "Logger",
    "LoggerAdapter",
    "NOTSET",
    "NullHandler",
    "StreamHandler",
    "WARN",
    "WARNING",
    "addLevelName",
    "basicConfig",
    "captureWarnings",
    "critical",
    "debug",
    "disable",
    "error",
    "exception",
    "fatal",
    "getLevelName",
    "getLogger",
    "getLoggerClass",
    "info",
    "log",
    "makeLogRecord",
    "setLoggerClass",
    "shutdown",
    "warning",
    "getLogRecordFactory",
    "setLogRecordFactory",
    "lastResort",
    "raiseExceptions",
    "getLevelNamesMapping",
    "getHandlerByName",
    "getHandlerNames",
]

raiseExceptions = True
logThreads = logMultiprocessing = logProcesses = logAsyncioTasks = True

_handlers = {}
# All handlers in the order of their making, for shutdown().
_handlerList = []
_lock = threading.RLock()


class Filter:
    """Lets records through whose logger is of this name or below it."""

    def __init__(self, name=""):
        self.name = name
        self.nlen = len(name)

    def filter(self, record):
        """Is the record let through?"""
        if self.nlen == 0 or self.name == record.name:
            return True
        return record.name.startswith(self.name + ".")


class Filterer:
    """What loggers and handlers share: a list of filters."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        """Adds a filter."""
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        """Removes a filter."""
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        """The record, perhaps replaced by a filter, or False if one rejects it."""
        for item in self.filters:
            result = item.filter(record) if hasattr(item, "filter") else item(record)
            if not result:
                return False
            if isinstance(result, LogRecord):
                record = result
        return record


_defaultFormatter = Formatter()


class Handler(Filterer):
    """Takes records and does something with them."""

    def __init__(self, level=NOTSET):
        super().__init__()
        self._name = None
        self.level = _checkLevel(level)
        self.formatter = None
        self._closed = False
        _handlerList.append(self)
        self.createLock()

    def get_name(self):
        return self._name

    def set_name(self, name):
        if self._name in _handlers:
            del _handlers[self._name]
        self._name = name
        if name:
            _handlers[name] = self

    name = property(get_name, set_name)

    def createLock(self):
        """Makes the lock that guards the output."""
        self.lock = threading.RLock()

    def acquire(self):
        """Takes the lock."""
        if self.lock:
            self.lock.acquire()

    def release(self):
        """Gives the lock back."""
        if self.lock:
            self.lock.release()

    def setLevel(self, level):
        """Ignores records below a level."""
        self.level = _checkLevel(level)

    def format(self, record):
        """The text of a record."""
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        """Does whatever the handler is for."""
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        """Emits a record unless a filter rejects it."""
        result = self.filter(record)
        if isinstance(result, LogRecord):
            record = result
        if result:
            with self.lock:
                self.emit(record)
        return result

    def setFormatter(self, fmt):
        """Sets how records become text."""
        self.formatter = fmt

    def flush(self):
        """Makes sure that everything is written."""

    def close(self):
        """Ends the use of the handler."""
        self._closed = True
        if self._name in _handlers:
            del _handlers[self._name]

    def handleError(self, record):
        """Tells on stderr that emitting a record failed."""
        if not raiseExceptions or not sys.stderr:
            return
        import traceback

        sys.stderr.write("--- Logging error ---\n")
        traceback.print_exception(sys.exception(), file=sys.stderr)
        sys.stderr.write("Call stack:\n")
        frame = sys._getframe(0)
        while frame and _is_ours(frame):
            frame = frame.f_back
        if frame:
            traceback.print_stack(frame, file=sys.stderr)
        sys.stderr.write(f"Message: {record.msg!r}\nArguments: {record.args}\n")
        sys.stderr.flush()

    def __repr__(self):
        return f"<{self.__class__.__name__} ({getLevelName(self.level)})>"


def _is_ours(frame):
    return frame.f_globals.get("__name__", "").partition(".")[0] == "logging"


class StreamHandler(Handler):
    """Writes records to a stream, by default stderr."""

    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = sys.stderr if stream is None else stream

    def flush(self):
        """Flushes the stream."""
        with self.lock:
            if self.stream and hasattr(self.stream, "flush"):
                self.stream.flush()

    def emit(self, record):
        """Writes a record."""
        try:
            text = self.format(record)
            self.stream.write(text + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def setStream(self, stream):
        """Changes the stream; gives the old one, or None if it is the same."""
        if stream is self.stream:
            return None
        result = self.stream
        with self.lock:
            self.flush()
            self.stream = stream
        return result

    def __repr__(self):
        level = getLevelName(self.level)
        name = str(getattr(self.stream, "name", ""))
        if name:
            name += " "
        return f"<{self.__class__.__name__} {name}({level})>"


class FileHandler(StreamHandler):
    """There are no files here."""

    def __init__(self, filename, *args, **kwargs):
        from _loopscope import unsupported

        unsupported("logging.FileHandler: programs have no file system")


class _StderrHandler(StreamHandler):
    """Writes to whatever sys.stderr is at the time."""

    def __init__(self, level=NOTSET):
        Handler.__init__(self, level)

    @property
    def stream(self):
        return sys.stderr


lastResort = _StderrHandler(WARNING)


class NullHandler(Handler):
    """Does nothing with records."""

    def handle(self, record):
        pass

    def emit(self, record):
        pass

    def createLock(self):
        self.lock = None


from logging._loggers import (
    Logger,
    LoggerAdapter,
    Manager,
    RootLogger,
    getLoggerClass,
    root,
    setLoggerClass,
)


def getLogger(name=None):
    """The logger of a name, or the root logger."""
    if not name or isinstance(name, str) and name == root.name:
        return root
    return Logger.manager.getLogger(name)


def getHandlerByName(name):
    """The handler of a name, or None."""
    return _handlers.get(name)


def getHandlerNames():
    """The names of all handlers that have one."""
    return frozenset(_handlers)


def basicConfig(**kwargs):
    """Sets the root logger up, unless it has handlers already."""
    force = kwargs.pop("force", False)
    encoding = kwargs.pop("encoding", None)
    kwargs.pop("errors", None)
    if force:
        for handler in root.handlers[:]:
            root.removeHandler(handler)
            handler.close()
    if root.handlers:
        return
    handlers = kwargs.pop("handlers", None)
    if handlers is None:
        if "stream" in kwargs and "filename" in kwargs:
            raise ValueError("'stream' and 'filename' should not be specified together")
    elif "stream" in kwargs or "filename" in kwargs:
        raise ValueError(
            "'stream' or 'filename' should not be specified together with 'handlers'"
        )
    if handlers is None:
        filename = kwargs.pop("filename", None)
        mode = kwargs.pop("filemode", "a")
        if filename:
            handlers = [FileHandler(filename, mode, encoding=encoding)]
        else:
            handlers = [StreamHandler(kwargs.pop("stream", None))]
    datefmt = kwargs.pop("datefmt", None)
    style = kwargs.pop("style", "%")
    if style not in _STYLES:
        raise ValueError(f"Style must be one of: {','.join(_STYLES)}")
    text = kwargs.pop("format", _STYLES[style][1])
    formatter = kwargs.pop("formatter", None)
    if formatter is None:
        formatter = Formatter(text, datefmt, style)
    for handler in handlers:
        if handler.formatter is None:
            handler.setFormatter(formatter)
        root.addHandler(handler)
    level = kwargs.pop("level", None)
    if level is not None:
        root.setLevel(level)
    if kwargs:
        keys = ", ".join(kwargs)
        raise ValueError(f"Unrecognised argument(s): {keys}")


def critical(msg, *args, **kwargs):
    """Logs to the root logger, which is set up first if it has no handlers."""
    _root_log(root.critical, msg, args, kwargs)


def fatal(msg, *args, **kwargs):
    """The same as critical()."""
    _root_log(root.critical, msg, args, kwargs)


def error(msg, *args, **kwargs):
    """Logs to the root logger, which is set up first if it has no handlers."""
    _root_log(root.error, msg, args, kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    """Logs an error with the exception that is being handled."""
    _root_log(root.error, msg, args, {"exc_info": exc_info, **kwargs})


def warning(msg, *args, **kwargs):
    """Logs to the root logger, which is set up first if it has no handlers."""
    _root_log(root.warning, msg, args, kwargs)


def info(msg, *args, **kwargs):
    """Logs to the root logger, which is set up first if it has no handlers."""
    _root_log(root.info, msg, args, kwargs)


def debug(msg, *args, **kwargs):
    """Logs to the root logger, which is set up first if it has no handlers."""
    _root_log(root.debug, msg, args, kwargs)


def log(level, msg, *args, **kwargs):
    """Logs to the root logger with a level."""
    _root_log(root.log, level, (msg, *args), kwargs)


def _root_log(method, first, args, kwargs):
    if not root.handlers:
        basicConfig()
    method(first, *args, **kwargs)


def disable(level=CRITICAL):
    """Ignores all records up to a level."""
    root.manager.disable = level
    root.manager._clear_cache()


def shutdown(handlerList=_handlerList):
    """Flushes and closes all handlers."""
    for handler in reversed(handlerList[:]):
        try:
            handler.acquire()
            handler.flush()
            handler.close()
        except (OSError, ValueError):
            pass
        finally:
            handler.release()


_warnings_showwarning = None


def _showwarning(message, category, filename, lineno, file=None, line=None):
    import warnings

    if file is not None:
        _warnings_showwarning(message, category, filename, lineno, file, line)
        return
    text = warnings.formatwarning(message, category, filename, lineno, line)
    logger = getLogger("py.warnings")
    if not logger.handlers:
        logger.addHandler(NullHandler())
    logger.warning(str(text))


def captureWarnings(capture):
    """Sends warnings to the logger "py.warnings", or no longer."""
    global _warnings_showwarning
    import warnings

    if capture and _warnings_showwarning is None:
        _warnings_showwarning = warnings.showwarning
        warnings.showwarning = _showwarning
    elif not capture and _warnings_showwarning is not None:
        warnings.showwarning = _warnings_showwarning
        _warnings_showwarning = None
