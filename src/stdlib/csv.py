"""Tables as text with separators, read from and written to objects in memory."""

from types import GenericAlias

__all__ = [
    "QUOTE_MINIMAL",
    "QUOTE_ALL",
    "QUOTE_NONNUMERIC",
    "QUOTE_NONE",
    "QUOTE_STRINGS",
    "QUOTE_NOTNULL",
    "Error",
    "Dialect",
    "excel",
    "excel_tab",
    "field_size_limit",
    "reader",
    "writer",
    "register_dialect",
    "get_dialect",
    "list_dialects",
    "unregister_dialect",
    "DictReader",
    "DictWriter",
    "unix_dialect",
    "Sniffer",
]

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)
_FIELDS = (
    "delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict",
)
_DEFAULTS = dict(zip(_FIELDS, (",", True, None, "\r\n", '"', QUOTE_MINIMAL, False, False)))


class Error(Exception):
    __module__ = "_csv"


class Dialect:
    """How a table is written; subclasses set the attributes."""

    delimiter = quotechar = escapechar = None
    doublequote = skipinitialspace = lineterminator = quoting = None


class excel(Dialect):
    delimiter, quotechar, doublequote = ",", '"', True
    skipinitialspace, lineterminator, quoting = False, "\r\n", QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    delimiter, quotechar, doublequote = ",", '"', True
    skipinitialspace, lineterminator, quoting = False, "\n", QUOTE_ALL


class _Settled:
    """A dialect with all its parameters checked."""

    def __init__(self, dialect, parameters):
        unknown = [name for name in parameters if name not in _FIELDS]
        if unknown:
            raise TypeError(f"this function got an unexpected keyword argument '{unknown[0]}'")
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        values = dict(_DEFAULTS)
        for name in _FIELDS:
            if hasattr(dialect, name):
                values[name] = getattr(dialect, name)
        values.update(parameters)
        if values["quotechar"] is None and "quotechar" in parameters and "quoting" not in parameters:
            values["quoting"] = QUOTE_NONE
        _check(values)
        self.__dict__.update(values)


def _check(values):
    for name in ("delimiter", "escapechar", "quotechar"):
        value = values[name]
        if value is None and name != "delimiter":
            continue
        if not isinstance(value, str):
            allowed = "a unicode character" if name == "delimiter" else "a unicode character or None"
            raise TypeError(f'"{name}" must be {allowed}, not {type(value).__name__}')
        if len(value) != 1:
            allowed = "a unicode character" if name == "delimiter" else "a unicode character or None"
            raise TypeError(f'"{name}" must be {allowed}, not a string of length {len(value)}')
    if not isinstance(values["quoting"], int) or not 0 <= values["quoting"] <= 5:
        raise TypeError('bad "quoting" value')
    if values["quoting"] != QUOTE_NONE and values["quotechar"] is None:
        raise TypeError("quotechar must be set if quoting enabled")
    if values["lineterminator"] is None:
        raise TypeError("lineterminator must be set")


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}
_limit = 131072


def register_dialect(name, /, dialect=excel, **fmtparams):
    """Gives a dialect a name."""
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _Settled(dialect, fmtparams)


def unregister_dialect(name):
    get_dialect(name)
    del _dialects[name]


def get_dialect(name):
    """A dialect by its name."""
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(new_limit=None, /):
    """The longest field that is read; sets it if it is given."""
    global _limit
    old = _limit
    if new_limit is not None:
        if not isinstance(new_limit, int):
            raise TypeError("limit must be an integer")
        _limit = new_limit
    return old


class _Reader:
    """Rows of text as lists of fields."""

    def __init__(self, iterable, dialect, parameters):
        self.dialect = _Settled(dialect, parameters)
        self._lines = iter(iterable)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._row, self._field, self._quoted, self._state = [], [], False, "start"
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._state in ("quoted", "escaped") or self._field:
                    if self.dialect.strict:
                        raise Error("unexpected end of data")
                    self._save()
                    return self._row
                raise
            if not isinstance(line, str):
                raise Error(
                    f"iterator should return strings, not {type(line).__name__} "
                    "(the file should be opened in text mode)"
                )
            self.line_num += 1
            for char in line:
                self._take(char)
            self._take("\n", end=True)
            if self._state == "done" or self._state == "start":
                return self._row

    def _save(self):
        text = "".join(self._field)
        quoting = self.dialect.quoting
        if not self._quoted:
            if quoting in (QUOTE_NONNUMERIC, QUOTE_STRINGS) and text:
                text = float(text)
            elif quoting in (QUOTE_NOTNULL, QUOTE_STRINGS) and not text:
                text = None
        self._row.append(text)
        self._field, self._quoted = [], False

    def _add(self, char):
        if len(self._field) >= _limit:
            raise Error(f"field larger than field limit ({_limit})")
        self._field.append(char)

    def _take(self, char, end=False):
        """One character, or the end of a line; the state says where in a row we are."""
        dialect, state = self.dialect, self._state
        newline = char in "\r\n"
        if state == "done":
            if not newline:
                raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?")
        elif state == "escaped":
            if not end:
                self._add(char)
                self._state = "field"
            elif self._escaped_in == "quoted":
                self._add("\n")
                self._state = "quoted"
        elif state == "quoted":
            if end:
                return
            if char == dialect.escapechar:
                self._state, self._escaped_in = "quoted escape", "quoted"
            elif char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
                self._state = "quote in quoted" if dialect.doublequote else "field"
            else:
                self._add(char)
        elif state == "quoted escape":
            self._add("\n" if end else char)
            self._state = "quoted"
        elif state == "quote in quoted" and char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
            self._add(char)
            self._state = "quoted"
        elif newline:
            if state != "start":
                self._save()
                self._state = "start" if end else "done"
            elif not end:
                self._state = "done"
        elif char == dialect.delimiter:
            self._save()
            self._state = "start of field"
        elif state == "quote in quoted":
            if dialect.strict:
                raise Error(f"'{dialect.delimiter}' expected after '{dialect.quotechar}'")
            self._add(char)
            self._state = "field"
        elif char == dialect.escapechar:
            self._state, self._escaped_in = "escaped", "field"
        elif state in ("start", "start of field"):
            if char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
                self._state, self._quoted = "quoted", True
            elif char == " " and dialect.skipinitialspace:
                self._state = "start of field"
            else:
                self._add(char)
                self._state = "field"
        else:
            self._add(char)


class _Writer:
    """Writes rows to an object with a method `write`."""

    def __init__(self, csvfile, dialect, parameters):
        self.dialect = _Settled(dialect, parameters)
        if not callable(getattr(csvfile, "write", None)):
            raise TypeError('argument 1 must have a "write" method')
        self._write = csvfile.write

    def writerow(self, row, /):
        try:
            fields = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        shown = [self._show(field) for field in fields]
        if len(shown) == 1 and not shown[0]:
            if self.dialect.quoting == QUOTE_NONE or self.dialect.quoting in (
                QUOTE_STRINGS, QUOTE_NOTNULL
            ) and fields[0] is None:
                raise Error("single empty field record must be quoted")
            shown[0] = self.dialect.quotechar * 2
        return self._write(self.dialect.delimiter.join(shown) + self.dialect.lineterminator)

    def writerows(self, rows, /):
        for row in rows:
            self.writerow(row)

    def _show(self, field):
        dialect = self.dialect
        if field is None:
            text = ""
        elif isinstance(field, float):
            text = repr(field)
        else:
            text = str(field)
        quoting = dialect.quoting
        quoted = (
            quoting == QUOTE_ALL
            or quoting == QUOTE_NONNUMERIC and not isinstance(field, (int, float))
            or quoting == QUOTE_STRINGS and isinstance(field, str)
            or quoting == QUOTE_NOTNULL and field is not None
        )
        special = {dialect.delimiter, dialect.quotechar, dialect.escapechar, "\r", "\n"}
        special.update(dialect.lineterminator)
        parts = []
        for char in text:
            if char in special and char is not None:
                escaped = quoting == QUOTE_NONE
                if char == dialect.quotechar and quoting != QUOTE_NONE:
                    quoted = True
                    if dialect.doublequote:
                        parts.append(char)
                    else:
                        escaped = True
                elif char == dialect.escapechar:
                    escaped = True
                elif not escaped:
                    quoted = True
                if escaped:
                    if dialect.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    parts.append(dialect.escapechar)
            parts.append(char)
        if dialect.delimiter == " " and dialect.skipinitialspace and text == "":
            quoted = True
        text = "".join(parts)
        return f"{dialect.quotechar}{text}{dialect.quotechar}" if quoted else text


def reader(iterable, /, dialect="excel", **fmtparams):
    """Reads rows from lines of text."""
    return _Reader(iterable, dialect, fmtparams)


def writer(fileobj, /, dialect="excel", **fmtparams):
    """Writes rows to a file-like object."""
    return _Writer(fileobj, dialect, fmtparams)


class DictReader:
    """Rows as dicts; the first row has the names, unless they are given."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames = fieldnames
        self.restkey, self.restval = restkey, restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect

    def __iter__(self):
        return self

    @property
    def line_num(self):
        return self.reader.line_num

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        made = dict(zip(self.fieldnames, row))
        if len(row) > len(self.fieldnames):
            made[self.restkey] = row[len(self.fieldnames) :]
        for name in self.fieldnames[len(row) :]:
            made[name] = self.restval
        return made


class DictWriter:
    """Writes dicts as rows."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames, self.restval = fieldnames, restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _values(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                listed = ", ".join(map(repr, wrong))
                raise ValueError(f"dict contains fields not in fieldnames: {listed}")
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._values(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._values, rowdicts))


class Sniffer:
    """Guessing a dialect is not supported."""

    def sniff(self, sample, delimiters=None):
        from _loopscope import unsupported

        unsupported("csv.Sniffer.sniff")

    has_header = sniff
