"""The base classes of streams."""

SEEK_SET, SEEK_CUR, SEEK_END = range(3)


class UnsupportedOperation(OSError, ValueError):
    __module__ = "io"


class IOBase:
    """The abstract base class for all I/O classes."""

    __module__ = "io"
    _closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    @property
    def closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def flush(self):
        self._check_open()

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False

    def isatty(self):
        self._check_open()
        return False

    def fileno(self):
        self._unsupported("fileno")

    def seek(self, offset, whence=0, /):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None, /):
        self._unsupported("truncate")

    def readline(self, size=-1, /):
        self._unsupported("readline")

    def readlines(self, hint=-1, /):
        lines, length = [], 0
        for line in self:
            lines.append(line)
            length += len(line)
            if hint is not None and 0 < hint <= length:
                break
        return lines

    def writelines(self, lines, /):
        self._check_open()
        for line in lines:
            self.write(line)

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *args):
        self.close()


class RawIOBase(IOBase):
    """Base class for raw binary I/O."""

    __module__ = "io"


class BufferedIOBase(IOBase):
    """Base class for buffered IO objects."""

    __module__ = "io"

    def read(self, size=-1, /):
        self._unsupported("read")

    def write(self, b, /):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")


class TextIOBase(IOBase):
    """Base class for text I/O."""

    __module__ = "io"
    encoding = None
    errors = None
    newlines = None

    def read(self, size=-1, /):
        self._unsupported("read")

    def write(self, s, /):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")
