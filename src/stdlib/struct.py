"""Numbers and bytes packed as C does."""

from _loopscope import c_type
from _struct import float_to_bits, bits_to_float

__all__ = ["calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error"]


class error(Exception):
    """What does not fit a format."""


error.__module__ = "struct"

# code: (standard size, native size, kind)
_CODES = {
    "x": (1, 1, "pad"),
    "c": (1, 1, "char"),
    "b": (1, 1, "signed"),
    "B": (1, 1, "unsigned"),
    "?": (1, 1, "bool"),
    "h": (2, 2, "signed"),
    "H": (2, 2, "unsigned"),
    "i": (4, 4, "signed"),
    "I": (4, 4, "unsigned"),
    "l": (4, 8, "signed"),
    "L": (4, 8, "unsigned"),
    "q": (8, 8, "signed"),
    "Q": (8, 8, "unsigned"),
    "n": (None, 8, "signed"),
    "N": (None, 8, "unsigned"),
    "e": (2, 2, "float"),
    "f": (4, 4, "float"),
    "d": (8, 8, "float"),
    "s": (1, 1, "bytes"),
    "p": (1, 1, "pascal"),
    "P": (None, 8, "unsigned"),
}


@c_type
class Struct:
    """A format that was read once."""

    def __init__(self, format):
        self.format = format if isinstance(format, str) else format.decode("ascii")
        self._order, self._native, self._items = _parsed(self.format)
        self.size = sum(padding + size * count for _, count, size, _, padding in self._items)

    def __repr__(self):
        return f"{type(self).__name__}({self.format!r})"

    def _values(self):
        """How many values the format takes."""
        return sum(
            0 if kind == "pad" else 1 if kind in ("bytes", "pascal") else count
            for _, count, _, kind, _ in self._items
        )

    def pack(self, *values):
        """The values as bytes."""
        wanted = self._values()
        if len(values) != wanted:
            raise error(f"pack expected {wanted} items for packing (got {len(values)})")
        rest = iter(values)
        parts = []
        for code, count, size, kind, padding in self._items:
            parts.append(b"\0" * padding)
            if kind == "pad":
                parts.append(b"\0" * count)
            elif kind in ("bytes", "pascal"):
                parts.append(_text_bytes(next(rest), count, kind))
            else:
                for _ in range(count):
                    parts.append(self._one(code, size, kind, next(rest)))
        return b"".join(parts)

    def _one(self, code, size, kind, value):
        if kind == "float":
            return float_to_bits(_real(value), size).to_bytes(size, self._order)
        if kind == "bool":
            return b"\1" if value else b"\0"
        if kind == "char":
            if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
                raise error("char format requires a bytes object of length 1")
            return bytes(value)
        if not isinstance(value, int):
            if not hasattr(value, "__index__"):
                raise error("required argument is not an integer")
            value = value.__index__()
        low, high = (-(1 << size * 8 - 1), (1 << size * 8 - 1) - 1)
        if kind == "unsigned":
            low, high = 0, (1 << size * 8) - 1
        if not low <= value <= high:
            raise error(f"{code!r} format requires {low} <= number <= {high}")
        return value.to_bytes(size, self._order, signed=kind == "signed")

    def unpack(self, buffer):
        """The values in bytes of exactly the right length."""
        if len(buffer) != self.size:
            raise error(f"unpack requires a buffer of {self.size} bytes")
        return self._read(bytes(buffer), 0)

    def unpack_from(self, buffer, offset=0):
        """The values in bytes at a place."""
        start = offset + len(buffer) if offset < 0 else offset
        if start < 0:
            raise error(f"offset {offset} out of range for {len(buffer)}-byte buffer")
        if len(buffer) - start < self.size:
            raise error(
                f"unpack_from requires a buffer of at least {start + self.size} bytes "
                f"for unpacking {self.size} bytes at offset {start} "
                f"(actual buffer size is {len(buffer)})"
            )
        return self._read(bytes(buffer), start)

    def _read(self, data, at):
        values = []
        for _, count, size, kind, padding in self._items:
            at += padding
            if kind in ("bytes", "pascal"):
                piece = data[at : at + count]
                values.append(piece if kind == "bytes" else piece[1 : 1 + piece[0]])
            elif kind != "pad":
                for start in range(at, at + size * count, size):
                    values.append(self._value(data[start : start + size], size, kind))
            at += size * count
        return tuple(values)

    def _value(self, piece, size, kind):
        if kind == "char":
            return piece
        if kind == "bool":
            return piece != b"\0"
        number = int.from_bytes(piece, self._order, signed=kind == "signed")
        return bits_to_float(number, size) if kind == "float" else number

    def pack_into(self, buffer, offset, *values):
        """Writes the values into a bytearray."""
        data = self.pack(*values)
        if len(buffer) - offset < len(data):
            raise error(
                f"pack_into requires a buffer of at least {offset + len(data)} bytes for "
                f"packing {len(data)} bytes at offset {offset} "
                f"(actual buffer size is {len(buffer)})"
            )
        buffer[offset : offset + len(data)] = data

    def iter_unpack(self, buffer):
        """The values of one piece of bytes after the other."""
        if not self.size or len(buffer) % self.size:
            raise error(
                f"iterative unpacking requires a buffer of a multiple of {self.size} bytes"
            )
        data = bytes(buffer)
        return iter([self._read(data, at) for at in range(0, len(data), self.size)])


def _real(value):
    try:
        if isinstance(value, (str, bytes, bytearray)):
            raise TypeError
        return float(value)
    except TypeError:
        raise error("required argument is not a float") from None


def _text_bytes(value, count, kind):
    if not isinstance(value, (bytes, bytearray)):
        raise error(f"argument for '{'s' if kind == 'bytes' else 'p'}' must be a bytes object")
    value = bytes(value)
    if kind == "pascal":
        value = value[: max(0, min(count - 1, 255))]
        value = bytes([len(value)]) + value if count else b""
    return value[:count].ljust(count, b"\0")


def _parsed(format):
    """(byte order, native sizes?, items as (code, count, size, kind, padding before))."""
    mark = format[:1]
    body = format[1:] if mark in ("@", "=", "<", ">", "!") and mark else format
    native = mark not in ("=", "<", ">", "!") or not mark
    order = "big" if mark in (">", "!") and mark else "little"
    items, offset, digits = [], 0, ""
    for char in body:
        if char.isspace():
            continue
        if char.isdigit():
            digits += char
            continue
        standard, native_size, kind = _CODES.get(char, (None, None, None))
        size = native_size if native else standard
        if size is None:
            raise error("bad char in struct format")
        count = int(digits) if digits else 1
        digits = ""
        padding = -offset % size if native else 0
        items.append((char, count, size, kind, padding))
        offset += padding + size * count
    if digits:
        raise error("repeat count given without format specifier")
    return order, native, items


_known = {}


def _struct(format):
    if format not in _known:
        _known[format] = Struct(format)
    return _known[format]


def calcsize(format, /):
    """The number of bytes of a format."""
    return _struct(format).size


def pack(format, /, *values):
    """The values as bytes."""
    return _struct(format).pack(*values)


def pack_into(format, buffer, offset, /, *values):
    """Writes the values into a bytearray."""
    _struct(format).pack_into(buffer, offset, *values)


def unpack(format, buffer, /):
    """The values in bytes of exactly the right length."""
    return _struct(format).unpack(buffer)


def unpack_from(format, /, buffer, offset=0):
    """The values in bytes at a place."""
    return _struct(format).unpack_from(buffer, offset)


def iter_unpack(format, buffer, /):
    """The values of one piece of bytes after the other."""
    return _struct(format).iter_unpack(buffer)
