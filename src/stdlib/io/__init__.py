"""Streams in memory: StringIO and BytesIO. Files do not exist here."""

from io._base import (
    SEEK_CUR,
    SEEK_END,
    SEEK_SET,
    BufferedIOBase,
    IOBase,
    RawIOBase,
    TextIOBase,
    UnsupportedOperation,
)
from io._memory import BytesIO, StringIO

__all__ = [
    "BlockingIOError",
    "open",
    "IOBase",
    "RawIOBase",
    "BufferedIOBase",
    "TextIOBase",
    "BytesIO",
    "StringIO",
    "UnsupportedOperation",
    "SEEK_SET",
    "SEEK_CUR",
    "SEEK_END",
    "DEFAULT_BUFFER_SIZE",
    "text_encoding",
]

BlockingIOError = BlockingIOError
DEFAULT_BUFFER_SIZE = 128 * 1024


def open(file, *args, **kwargs):
    """Programs have no files here."""
    from _loopscope import unsupported

    unsupported("open(): programs have no file system")


def text_encoding(encoding, stacklevel=2):
    """The encoding that stands for "not given"."""
    return "utf-8" if encoding is None else encoding


def __getattr__(name):
    if name in ("FileIO", "TextIOWrapper", "BufferedReader", "BufferedWriter"):
        from _loopscope import unsupported

        unsupported(f"io.{name}: programs have no file system")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
