"""Entries of tracebacks and stacks, over what the machine says of each place."""

import linecache
from _loopscope import traceback_entries

_ALIKE = 3


class FrameSummary:
    """One place: file, line, function, and the text of the line."""

    __module__ = "traceback"
    __slots__ = (
        "filename",
        "lineno",
        "name",
        "_line",
        "locals",
        "end_lineno",
        "colno",
        "end_colno",
        "_marks",
    )

    def __init__(
        self,
        filename,
        lineno,
        name,
        *,
        lookup_line=True,
        locals=None,
        line=None,
        end_lineno=None,
        colno=None,
        end_colno=None,
        **kwargs,
    ):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.locals = None if locals is None else {k: repr(v) for k, v in locals.items()}
        self._line = line
        self._marks = None

    @property
    def line(self):
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = linecache.getline(self.filename, self.lineno).strip()
        return self._line.strip() if self._line is not None else None

    def _fields(self):
        return (self.filename, self.lineno, self.name, self.line)

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            mine = (self.filename, self.lineno, self.name, self.locals)
            return mine == (other.filename, other.lineno, other.name, other.locals)
        if isinstance(other, tuple):
            return self._fields() == other
        return NotImplemented

    __hash__ = None

    def __getitem__(self, at):
        return self._fields()[at]

    def __iter__(self):
        return iter(self._fields())

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    """A list of FrameSummary objects, outermost first."""

    __module__ = "traceback"

    @classmethod
    def extract(
        cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False
    ):
        """A summary from pairs of frame and line, as walk_tb() and walk_stack() give them."""
        made = cls()
        for frame, lineno in _limited(list(frame_gen), limit):
            code = frame.f_code
            locals = frame.f_locals if capture_locals else None
            if lookup_lines:
                linecache._is_at_hand(code.co_filename)
            made.append(
                FrameSummary(code.co_filename, lineno, code.co_name, locals=locals)
            )
        return made

    @classmethod
    def _of_traceback(cls, tb, limit=None):
        made = cls()
        for entry in _limited(traceback_entries(tb), limit):
            filename, lineno, end_lineno, colno, end_colno, name, line, marks = entry
            if not linecache._is_at_hand(filename):
                line = marks = None
            summary = FrameSummary(
                filename,
                lineno,
                name,
                line=line or "",
                end_lineno=end_lineno,
                colno=colno,
                end_colno=end_colno,
            )
            summary._marks = marks
            made.append(summary)
        return made

    @classmethod
    def _of_frame(cls, frame, limit):
        return cls.extract(list(walk_stack(frame))[::-1], limit=limit and -limit)

    @classmethod
    def from_list(cls, a_list):
        """A summary from FrameSummary objects or (file, line, name, text) tuples."""
        made = cls()
        for item in a_list:
            if not isinstance(item, FrameSummary):
                filename, lineno, name, line = item
                item = FrameSummary(filename, lineno, name, line=line)
            made.append(item)
        return made

    def format_frame_summary(self, frame_summary, **kwargs):
        """The text of one entry."""
        where = frame_summary
        text = f'  File "{where.filename}", line {where.lineno}, in {where.name}\n'
        if where.line:
            text += f"    {where.line}\n"
            if where._marks:
                text += f"    {where._marks}\n"
        if where.locals:
            for name, value in sorted(where.locals.items()):
                text += f"    {name} = {value}\n"
        return text

    def format(self, **kwargs):
        """The texts of all entries; long runs of the same entry are counted instead."""
        result = []
        last, count = None, 0
        for summary in self:
            text = self.format_frame_summary(summary)
            if text is None:
                continue
            place = (summary.filename, summary.lineno, summary.name)
            if place != last:
                _note_repetition(result, count)
                last, count = place, 0
            count += 1
            if count <= _ALIKE:
                result.append(text)
        _note_repetition(result, count)
        return result


def _note_repetition(result, count):
    if count > _ALIKE:
        more = count - _ALIKE
        plural = "s" if more > 1 else ""
        result.append(f"  [Previous line repeated {more} more time{plural}]\n")


def _limited(entries, limit):
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


def walk_tb(tb):
    """The frames of a traceback with their lines."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    """The frame and all that called it, with their lines."""
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back
