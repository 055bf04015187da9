"""An exception with everything around it, ready to be shown."""

import sys
from traceback._stack import StackSummary

_CAUSE = (
    "\nThe above exception was the direct cause of the following exception:\n\n"
)
_CONTEXT = (
    "\nDuring handling of the above exception, another exception occurred:\n\n"
)
_MOST_IN_GROUP, _DEEPEST_GROUP = 15, 10


def _safe(value, function=str):
    try:
        return function(value)
    except Exception:
        return f"<exception {function.__name__}() failed>"


class TracebackException:
    """An exception that was captured for showing it later."""

    __module__ = "traceback"

    def __init__(
        self,
        exc_type,
        exc_value,
        exc_traceback,
        *,
        limit=None,
        lookup_lines=True,
        capture_locals=False,
        compact=False,
        max_group_width=_MOST_IN_GROUP,
        max_group_depth=_DEEPEST_GROUP,
        save_exc_type=True,
        _seen=None,
    ):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._of_traceback(exc_traceback, limit)
        self.exc_type = exc_type if save_exc_type else None
        self._str = _safe(exc_value)
        self._hint = _hint(exc_value, exc_traceback)
        self._syntax = exc_value if isinstance(exc_value, SyntaxError) else None
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self._is_none = exc_type is None or exc_value is None
        self.exc_type_qualname = getattr(exc_type, "__qualname__", None)
        self.exc_type_module = getattr(exc_type, "__module__", None)

        self.__suppress_context__ = getattr(exc_value, "__suppress_context__", False)
        self.__cause__ = self.__context__ = self.exceptions = None
        if _seen is None:
            options = {"limit": limit, "max_group_width": max_group_width, "max_group_depth": max_group_depth}
            self._find_others(exc_value, seen, compact, options)

    def _find_others(self, exc_value, seen, compact, options):
        """Captures what is linked to the exception, and to that, the last found first; each only once."""
        def summary(other):
            return TracebackException(type(other), other, other.__traceback__, _seen=seen, **options)

        def linked(other):
            return None if other is None or id(other) in seen else summary(other)

        pending = [(self, exc_value)]
        while pending:
            entry, exc = pending.pop()
            cause, context = getattr(exc, "__cause__", None), getattr(exc, "__context__", None)
            entry.__cause__ = linked(cause)
            if not compact or entry.__cause__ is None and not entry.__suppress_context__:
                entry.__context__ = linked(context)
            pending += [(found, of) for found, of in ((entry.__cause__, cause), (entry.__context__, context)) if found]
            if isinstance(exc, BaseExceptionGroup):
                entry.exceptions = [summary(inner) for inner in exc.exceptions]
                pending += zip(entry.exceptions, exc.exceptions)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Captures an exception."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type_str(self):
        if self.exc_type_qualname is None:
            return None
        if self.exc_type_module in ("__main__", "builtins"):
            return self.exc_type_qualname
        return f"{self.exc_type_module}.{self.exc_type_qualname}"

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None

    def __str__(self):
        return self._str

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """The lines that name the exception, with its notes."""
        if self._is_none:
            yield "NoneType: None\n"
            return
        if self._syntax is not None:
            yield from _syntax_lines(self._syntax, self.exc_type_str)
        else:
            text = f"{self.exc_type_str}: {self._str}" if self._str else self.exc_type_str
            yield f"{text}{self._hint}\n"
        yield from self._notes()
        if self.exceptions and show_group:
            for inner in self.exceptions:
                lines = inner.format_exception_only(show_group=True, _depth=_depth + 1)
                yield from ("   " + line for line in lines)

    def _notes(self):
        notes = self.__notes__
        if notes is None:
            return
        if isinstance(notes, (list, tuple)):
            for note in notes:
                note = _safe(note)
                yield from [line + "\n" for line in note.split("\n")]
        else:
            yield f"{_safe(notes, repr)}\n"

    def format(self, *, chain=True, _depth=None, **kwargs):
        """All lines: the exceptions before it, the traceback, the exception itself."""
        margin = _Margin() if _depth is None else _depth
        for message, link in self._chain(chain):
            if message is not None:
                yield from margin.emit(message)
            if link.exceptions is None:
                yield from link._format_plain(margin)
            else:
                yield from link._format_group(margin)

    def _chain(self, chain):
        """(what connects it with the one before, exception), the earliest first."""
        links, link = [], self
        while link is not None:
            if chain and link.__cause__ is not None:
                message, before = _CAUSE, link.__cause__
            elif chain and link.__context__ is not None and not link.__suppress_context__:
                message, before = _CONTEXT, link.__context__
            else:
                message = before = None
            links.append((message, link))
            link = before
        return reversed(links)

    def _format_plain(self, margin):
        if self.stack:
            yield from margin.emit("Traceback (most recent call last):\n")
            yield from margin.emit(self.stack.format())
        yield from margin.emit(self.format_exception_only())

    def _format_group(self, margin):
        if margin.depth > self.max_group_depth:
            yield from margin.emit(
                f"... (max_group_depth is {self.max_group_depth})\n"
            )
            return
        outermost = margin.depth == 0
        margin.depth += outermost
        if self.stack:
            header = "Exception Group Traceback (most recent call last):\n"
            yield from margin.emit(header, "+" if outermost else "|")
            yield from margin.emit(self.stack.format())
        yield from margin.emit(self.format_exception_only())
        yield from self._format_members(margin)
        if outermost:
            margin.depth = 0

    def _format_members(self, margin):
        surplus = len(self.exceptions) - self.max_group_width
        members = self.exceptions[: self.max_group_width]
        titles = [str(number) for number in range(1, len(members) + 1)]
        if surplus > 0:
            members.append(None)
            titles.append("...")
        margin.is_open = False
        for at, (title, member) in enumerate(zip(titles, members)):
            is_last = at == len(members) - 1
            margin.is_open = margin.is_open or is_last
            corner = "+-" if at == 0 else "  "
            yield f"{margin.indent()}{corner}+---------------- {title} ----------------\n"
            margin.depth += 1
            if member is not None:
                yield from member.format(_depth=margin)
            else:
                plural = "s" if surplus > 1 else ""
                yield from margin.emit(f"and {surplus} more exception{plural}\n")
            if is_last and margin.is_open:
                yield f"{margin.indent()}+------------------------------------\n"
                margin.is_open = False
            margin.depth -= 1

    def print(self, *, file=None, chain=True, **kwargs):
        """Writes all lines to a file, by default stderr."""
        file = sys.stderr if file is None else file
        for line in self.format(chain=chain):
            print(line, file=file, end="")


class _Margin:
    """The lines at the left of exceptions inside of groups."""

    def __init__(self):
        self.depth = 0
        # Does the frame around the last members still need its lower edge?
        self.is_open = False

    def indent(self):
        return "  " * self.depth

    def emit(self, texts, sign="|"):
        left = f"{self.indent()}{sign} " if self.depth else ""
        for text in [texts] if isinstance(texts, str) else texts:
            yield "".join([left + line for line in text.splitlines(True)])


def _hint(value, traceback):
    """What the exception suggests instead of a wrong name."""
    if not isinstance(value, (NameError, AttributeError, ImportError)):
        return ""
    from _loopscope import suggestion

    has_names = traceback is not None or not isinstance(value, NameError)
    found = suggestion(value) if has_names else None
    text = ""
    if found:
        text = f". Did you mean: '{found}'?"
    name = getattr(value, "name", None)
    if isinstance(value, NameError) and name in sys.stdlib_module_names:
        if text:
            return f"{text} Or did you forget to import '{name}'?"
        return f". Did you forget to import '{name}'?"
    return text


def _syntax_lines(error, type_name):
    if error.lineno is not None:
        yield f'  File "{error.filename or "<string>"}", line {error.lineno}\n'
        if error.text:
            text = error.text.rstrip("\n")
            stripped = text.lstrip(" \n\f")
            yield f"    {stripped}\n"
            if error.offset is not None and error.offset >= 1:
                start = error.offset - 1 - (len(text) - len(stripped))
                end = error.end_offset if error.end_lineno == error.lineno else None
                width = max(1, (end or error.offset + 1) - error.offset)
                if start >= 0:
                    yield f"    {' ' * start}{'^' * width}\n"
    yield f"{type_name}: {error.msg or '<no detail available>'}\n"
