"""StringIO and BytesIO, which CPython writes in C."""

from io._base import SEEK_CUR, SEEK_END, SEEK_SET, BufferedIOBase, TextIOBase


class _Memory:
    """A position in a text or in bytes that can be read and written."""

    def _check_open(self):
        if self._closed:
            raise ValueError("I/O operation on closed file")

    def _text(self):
        """The whole content; what was appended piecewise is joined first."""
        if self._pieces:
            self._pieces.insert(0, self._content)
            self._content = self._content[:0].join(self._pieces)
            self._pieces = []
        return self._content

    def getvalue(self):
        """Retrieve the entire contents of the object."""
        self._check_open()
        return self._text()

    def readable(self):
        self._check_open()
        return True

    writable = seekable = readable

    def tell(self):
        """Tell the current file position."""
        self._check_open()
        return self._at

    def read(self, size=-1, /):
        """Read at most size characters, returned as a string."""
        self._check_open()
        content = self._text()
        end = None if size is None or size < 0 else self._at + size
        found = content[self._at : end]
        self._at += len(found)
        return found

    def readline(self, size=-1, /):
        """Read until newline or EOF."""
        self._check_open()
        content = self._text()
        end = content.find(self._newline, self._at)
        end = len(content) if end < 0 else end + 1
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        found = content[self._at : end]
        self._at += len(found)
        return found

    def _put(self, new):
        if self._at == self._length:
            self._pieces.append(new)
            self._length += len(new)
        else:
            content = self._text()
            if self._at > len(content):
                content += self._filler * (self._at - len(content))
            self._content = content[: self._at] + new + content[self._at + len(new) :]
            self._length = len(self._content)
        self._at += len(new)

    def truncate(self, pos=None, /):
        """Truncate size to pos."""
        self._check_open()
        pos = self._at if pos is None else pos
        if pos < 0:
            raise ValueError(f"{self._negative_size} {pos}")
        self._content = self._text()[:pos]
        self._length = len(self._content)
        return pos

    def close(self):
        self._closed = True
        self._content, self._pieces = self._content[:0], []


class StringIO(_Memory, TextIOBase):
    """Text I/O implementation using an in-memory buffer."""

    __module__ = "_io"
    _newline, _filler = "\n", "\0"
    _negative_size = "Negative size value"

    def __init__(self, initial_value="", newline="\n"):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(
                "initial_value must be str or None, not "
                f"{type(initial_value).__name__}"
            )
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        self._newlines = newline
        self._content, self._pieces = "", []
        self._length = self._at = 0
        if initial_value:
            self.write(initial_value)
            self._at = 0

    line_buffering = False

    def __getstate__(self):
        attributes = {name: value for name, value in self.__dict__.items() if not name.startswith("_")}
        return self.getvalue(), self._newlines, self._at, attributes or None

    def __setstate__(self, state):
        value, newline, self_at, attributes = state
        self.__init__(value, newline)
        self._at = self_at
        self.__dict__.update(attributes or {})

    def write(self, s, /):
        """Write string to file."""
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got {type(s).__name__!r}")
        self._check_open()
        if s:
            self._put(self._translated(s))
        return len(s)

    def _translated(self, s):
        if self._newlines is None:
            return s.replace("\r\n", "\n").replace("\r", "\n")
        if self._newlines in ("\r", "\r\n"):
            return s.replace("\n", self._newlines)
        return s

    def seek(self, pos, whence=0, /):
        """Change stream position."""
        self._check_open()
        if whence not in (SEEK_SET, SEEK_CUR, SEEK_END):
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == SEEK_SET and pos < 0:
            raise ValueError(f"Negative seek position {pos}")
        if whence != SEEK_SET and pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        if whence == SEEK_END:
            pos = self._length
        self._at = self._at if whence == SEEK_CUR else pos
        return self._at


class BytesIO(_Memory, BufferedIOBase):
    """Buffered I/O implementation using an in-memory bytes buffer."""

    __module__ = "_io"
    _newline, _filler = b"\n", b"\0"
    _negative_size = "negative size value"

    def __init__(self, initial_bytes=b""):
        if isinstance(initial_bytes, (str, int)):
            raise TypeError(f"a bytes-like object is required, not '{type(initial_bytes).__name__}'")
        self._content, self._pieces = bytes(initial_bytes or b""), []
        self._length, self._at = len(self._content), 0

    def __getstate__(self):
        attributes = {name: value for name, value in self.__dict__.items() if not name.startswith("_")}
        return self.getvalue(), self._at, attributes or None

    def __setstate__(self, state):
        value, self_at, attributes = state
        self.__init__(value)
        self._at = self_at
        self.__dict__.update(attributes or {})

    def write(self, b, /):
        """Write bytes to file."""
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self._check_open()
        b = bytes(b)
        if b:
            self._put(b)
        return len(b)

    def getbuffer(self):
        """Get a read-write view over the contents of the BytesIO object."""
        self._check_open()
        return memoryview(bytearray(self.getvalue()))

    def read1(self, size=-1, /):
        """Read at most size bytes, returned as a bytes object."""
        return self.read(size)

    def readinto(self, buffer, /):
        """Read bytes into buffer."""
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def seek(self, pos, whence=0, /):
        """Change stream position."""
        self._check_open()
        if whence not in (SEEK_SET, SEEK_CUR, SEEK_END):
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == SEEK_SET and pos < 0:
            raise ValueError(f"negative seek value {pos}")
        base = (0, self._at, self._length)[whence]
        self._at = max(0, base + pos)
        return self._at
