"""`os.path` under its own name."""

from os.path import *

__all__ = [name for name in dir() if not name.startswith("_")]
