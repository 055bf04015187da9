"""Checksums. Compression is refused: its results would have to be zlib's own, byte for byte."""

from _loopscope import unsupported

_TABLE = []


def _table():
    if not _TABLE:
        for value in range(256):
            for _ in range(8):
                value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
            _TABLE.append(value)
    return _TABLE


def _data(data):
    if isinstance(data, (bytes, bytearray, memoryview)):
        return data
    raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")


class error(Exception):
    __module__ = "zlib"


def crc32(data, value=0, /):
    """The checksum of ZIP files."""
    table, crc = _table(), value & 0xFFFFFFFF ^ 0xFFFFFFFF
    for byte in _data(data):
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def adler32(data, value=1, /):
    """A quick checksum: two sums modulo 65521."""
    low, high = value & 0xFFFF, value >> 16 & 0xFFFF
    for byte in _data(data):
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def __getattr__(name):
    if name in ("compress", "decompress", "compressobj", "decompressobj"):
        unsupported(f"zlib.{name}")
    raise AttributeError(f"module 'zlib' has no attribute {name!r}")
