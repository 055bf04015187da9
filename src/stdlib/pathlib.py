"""Paths as objects. Those that would touch files refuse: there are none."""

import os
from collections.abc import Sequence
from fnmatch import translate
from functools import cached_property
import re

__all__ = ["UnsupportedOperation", "PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]


class UnsupportedOperation(NotImplementedError):
    """The operation does not exist on this kind of system."""


class _Parents(Sequence):
    """The folders that a path lies in, the nearest first."""

    __slots__ = ("_path", "_count")

    def __init__(self, path):
        self._path = path
        self._count = len(path.parts) - bool(path.anchor)

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[n] for n in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        names = self._path._names
        return self._path._made(self._path.root, names[: len(names) - 1 - index % len(self)])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


class PurePath:
    """A path that is only text."""

    parser = os.path

    def __new__(cls, *args, **kwargs):
        return object.__new__(PurePosixPath if cls is PurePath else cls)

    def __init__(self, *args):
        texts = []
        for part in args:
            text = part
            if hasattr(part, "__fspath__"):
                text = os.fspath(part)
            if not isinstance(text, str):
                raise TypeError(
                    "argument should be a str or an os.PathLike object where __fspath__ returns a str, "
                    f"not {type(text).__name__!r}"
                )
            texts.append(text)
        _, self._root, rest = os.path.splitroot(os.path.join(*texts) if texts else "")
        self._names = [name for name in rest.split("/") if name and name != "."]

    def with_segments(self, *pathsegments):
        """A path of the same class; what makes new paths goes through here."""
        return type(self)(*pathsegments)

    def _made(self, root, names):
        return self.with_segments(root + "/".join(names))

    @cached_property
    def _text(self):
        return self._root + "/".join(self._names) or "."

    def __str__(self):
        return self._text

    __fspath__ = as_posix = __str__

    def __bytes__(self):
        return self._text.encode()

    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"

    def __hash__(self):
        return hash(self._text)

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._text == other._text

    def _key(self):
        return (self._root, *self._names)

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    def __reduce__(self):
        return type(self), (self._text,)

    drive = ""

    @property
    def root(self):
        return self._root

    anchor = root

    @property
    def parts(self):
        """The root, if there is one, and the names."""
        return (self._root, *self._names) if self._root else tuple(self._names)

    @property
    def name(self):
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]

    @property
    def suffixes(self):
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        return os.path.splitext(self.name)[0]

    @property
    def parent(self):
        if not self._names:
            return self
        return self._made(self._root, self._names[:-1])

    @property
    def parents(self):
        return _Parents(self)

    def with_name(self, name):
        """The same folder, another name."""
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        if not self._names:
            raise ValueError(f"{self!r} has an empty name")
        return self._made(self._root, [*self._names[:-1], name])

    def with_stem(self, stem):
        """The same suffix behind another stem."""
        suffix = self.suffix
        if not suffix:
            return self.with_name(stem)
        if not stem:
            raise ValueError(f"{self!r} has a non-empty suffix")
        return self.with_name(stem + suffix)

    def with_suffix(self, suffix):
        """Another suffix, or none."""
        if not self.stem:
            raise ValueError(f"{self!r} has an empty name")
        if suffix and not suffix.startswith("."):
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self.with_name(self.stem + suffix)

    def joinpath(self, *pathsegments):
        return self.with_segments(self, *pathsegments)

    def is_absolute(self):
        return bool(self._root)

    def is_relative_to(self, other):
        other = other if isinstance(other, PurePath) else self.with_segments(other)
        return other._root == self._root and self._names[: len(other._names)] == other._names

    def relative_to(self, other, *, walk_up=False):
        """The way from another path to this one."""
        other = other if isinstance(other, PurePath) else self.with_segments(other)
        up = 0
        base = other
        while not self.is_relative_to(base):
            if not walk_up:
                raise ValueError(f"{self._text!r} is not in the subpath of {other._text!r}")
            if base.name == "..":
                raise ValueError(f"'..' segment in {other._text!r} cannot be walked")
            if not base._names:
                raise ValueError(f"{self._text!r} and {other._text!r} have different anchors")
            base = base.parent
            up += 1
        return self._made("", [".."] * up + self._names[len(base._names) :])

    def match(self, path_pattern, *, case_sensitive=None):
        """Does the end of the path match, part by part?"""
        pattern = path_pattern if isinstance(path_pattern, PurePath) else self.with_segments(path_pattern)
        wanted = pattern.parts
        if not wanted:
            raise ValueError("empty pattern")
        parts = self.parts
        if len(parts) < len(wanted) or pattern.root and len(parts) != len(wanted):
            return False
        flags = re.IGNORECASE if case_sensitive is False else 0
        pairs = zip(reversed(parts), reversed(wanted))
        return all(re.match(translate(want.replace("**", "*")), part, flags) for part, want in pairs)

    def full_match(self, pattern, *, case_sensitive=None):
        """Does the whole path match? `**` stands for any number of parts."""
        pattern = pattern if isinstance(pattern, PurePath) else self.with_segments(pattern)
        flags = re.IGNORECASE if case_sensitive is False else 0
        return _full_match(self.parts, pattern.parts, flags)

    def as_uri(self):
        """As a file URI."""
        if not isinstance(self, Path):
            import warnings

            message = (
                "pathlib.PurePath.as_uri() is deprecated and scheduled for removal in Python 3.19. "
                "Use pathlib.Path.as_uri()."
            )
            warnings.warn(message, DeprecationWarning, stacklevel=2)
        from urllib.parse import quote_from_bytes

        if not self._root:
            raise ValueError("relative path can't be expressed as a file URI")
        return "file://" + quote_from_bytes(bytes(self))


def _full_match(parts, wanted, flags):
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return any(_full_match(parts[n:], wanted[1:], flags) for n in range(len(parts) + 1))
    matches = bool(parts) and re.match(translate(wanted[0]), parts[0], flags)
    return bool(matches) and _full_match(parts[1:], wanted[1:], flags)


class PurePosixPath(PurePath):
    """A path with slashes."""


class PureWindowsPath(PurePath):
    """Paths of Windows are not supported."""

    def __init__(self, *args):
        from _loopscope import unsupported

        unsupported("pathlib.PureWindowsPath")


class Path(PurePath):
    """A path of this computer, which has no files."""

    def __new__(cls, *args, **kwargs):
        return object.__new__(PosixPath if cls is Path else cls)

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(os.path.expanduser("~"))

    def absolute(self):
        return self if self._root else self.with_segments(os.getcwd(), self)

    def expanduser(self):
        if self._root or not self._names or self._names[0] != "~":
            return self
        return self.with_segments(os.path.expanduser("~"), *self._names[1:])


class PosixPath(Path, PurePosixPath):
    """A path of this computer, as a Posix system has them."""


class WindowsPath(Path, PureWindowsPath):
    """There are none here."""

    def __new__(cls, *args, **kwargs):
        raise UnsupportedOperation(f"cannot instantiate {cls.__name__!r} on your system")


def _refused(name):
    def method(self, *args, **kwargs):
        from _loopscope import unsupported

        unsupported(f"pathlib.Path.{name}: programs have no file system")

    method.__name__ = method.__qualname__ = name
    return method


for _name in """
    chmod copy copy_into exists glob group hardlink_to is_block_device is_char_device is_dir is_fifo is_file
    is_junction is_mount is_socket is_symlink iterdir lchmod lstat mkdir move move_into open owner read_bytes
    read_text readlink rename replace resolve rglob rmdir samefile stat symlink_to touch unlink walk write_bytes
    write_text
""".split():
    setattr(Path, _name, _refused(_name))
del _name

os.PathLike.register(PurePath)
