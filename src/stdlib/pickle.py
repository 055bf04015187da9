"""Objects as bytes, and back."""

from _pickle import (
    Pickler,
    PickleError,
    PicklingError,
    Unpickler,
    UnpicklingError,
    dump,
    dumps,
    load,
    loads,
)
from _pickle import _opcodes
from _pickle._opcodes import *
from _pickle._write import DEFAULT_PROTOCOL, HIGHEST_PROTOCOL

format_version = "5.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]

__all__ = [
    "PickleError",
    "PicklingError",
    "UnpicklingError",
    "Pickler",
    "Unpickler",
    "dump",
    "dumps",
    "load",
    "loads",
    "DEFAULT_PROTOCOL",
    "HIGHEST_PROTOCOL",
    *(name for name in vars(_opcodes) if name.isupper()),
]
