"""The part of `pickle` that CPython writes in C: objects to bytes and back."""

from _pickle._errors import PickleError, PicklingError, UnpicklingError
from _pickle._read import Unpickler
from _pickle._write import Pickler


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Writes an object to a file."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """An object as bytes."""
    return _BytesPickler(protocol, fix_imports).dumped(obj)


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """The object that is read from a file."""
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """The object that bytes stand for."""
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    reader = Unpickler.__new__(Unpickler)
    reader._start(_Bytes(bytes(data)), fix_imports, encoding, errors)
    return reader.load()


class _BytesPickler(Pickler):
    """One that collects what it writes."""

    def __init__(self, protocol, fix_imports):
        self._parts = []
        self._start(self._parts.append, protocol, fix_imports)

    def dumped(self, obj):
        self.dump(obj)
        return b"".join(self._parts)


class _Bytes:
    """Bytes that are read like a file."""

    def __init__(self, data):
        self._data, self._at = data, 0

    def read(self, size):
        found = self._data[self._at : self._at + size]
        self._at += len(found)
        return found

    def left(self):
        return len(self._data) - self._at

    def readline(self):
        end = self._data.find(b"\n", self._at) + 1 or len(self._data)
        return self.read(end - self._at)


_BytesPickler.__name__ = "Pickler"
