"""The streams that CPython writes in C, by the name of that module."""

from io._memory import BytesIO, StringIO
