"""Paths as text, with slashes between their parts. What asks for files is refused: there are none."""

import os
from _loopscope import unsupported

__all__ = [
    "normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname",
    "commonprefix", "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile",
    "ismount", "expanduser", "expandvars", "normpath", "abspath", "samefile", "sameopenfile", "samestat", "curdir",
    "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames",
    "relpath", "commonpath", "isjunction", "isreserved", "isdevdrive", "ALLOW_MISSING",
]

curdir, pardir, extsep, sep, pathsep, altsep = ".", "..", ".", "/", ":", None
defpath, devnull = "/bin:/usr/bin", "/dev/null"
supports_unicode_filenames = False
ALLOW_MISSING = object()


def _strings(path):
    """The separators in the path's own type: slash, dot and nothing."""
    return (b"/", b".", b"") if isinstance(path, bytes) else ("/", ".", "")


def normcase(s):
    return os.fspath(s)


def isabs(s):
    s = os.fspath(s)
    return s.startswith(_strings(s)[0])


def join(a, /, *p):
    """Parts with slashes between them; an absolute part begins anew."""
    path = os.fspath(a)
    slash = _strings(path)[0]
    for part in map(os.fspath, p):
        if type(part) is not type(path) and isinstance(part, bytes) != isinstance(path, bytes):
            raise TypeError("Can't mix strings and bytes in path components") from None
        if part.startswith(slash) or not path:
            path = part
        else:
            path += part if path.endswith(slash) else slash + part
    return path


def split(p):
    """What is before the last slash, and what is behind it."""
    p = os.fspath(p)
    slash = _strings(p)[0]
    at = p.rfind(slash) + 1
    head, tail = p[:at], p[at:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    """The path and its extension; dots at the beginning of a name do not count."""
    p = os.fspath(p)
    slash, dot, empty = _strings(p)
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    if at > start and p[start:at].strip(dot):
        return p[:at], p[at:]
    return p, empty


def splitdrive(p):
    p = os.fspath(p)
    return p[:0], p


def splitroot(p):
    """Drive, root and the rest."""
    p = os.fspath(p)
    slash = _strings(p)[0]
    rest = p.lstrip(slash)
    slashes = len(p) - len(rest)
    root = 2 if slashes == 2 else min(slashes, 1)
    return p[:0], p[:root], p[root:]


def commonprefix(m):
    """The longest text that all begin with."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    low, high = min(m), max(m)
    for at, item in enumerate(low):
        if item != high[at]:
            return low[:at]
    return low


def commonpath(paths):
    """The longest path that all lie in."""
    paths = tuple(map(os.fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    slash, dot, empty = _strings(paths[0])
    absolute = {path.startswith(slash) for path in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths") from None
    parts = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    low, high = min(parts), max(parts)
    same = 0
    while same < len(low) and low[same] == high[same]:
        same += 1
    return (slash if absolute.pop() else empty) + slash.join(low[:same])


def normpath(path):
    """Without doubled slashes, `.` and `..`, as far as the text tells."""
    path = os.fspath(path)
    slash, dot, empty = _strings(path)
    _, root, rest = splitroot(path)
    kept = []
    for part in rest.split(slash):
        if part in (empty, dot):
            continue
        if part != dot + dot or not root and not kept or kept and kept[-1] == dot + dot:
            kept.append(part)
        elif kept:
            kept.pop()
    return root + slash.join(kept) or dot


def abspath(path):
    path = os.fspath(path)
    if not isabs(path):
        folder = os.getcwd()
        path = join(folder.encode() if isinstance(path, bytes) else folder, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """As abspath, since there are no links."""
    return abspath(filename)


def relpath(path, start=None):
    """The way from a folder to the path."""
    if not path:
        raise ValueError("no path specified")
    path = os.fspath(path)
    slash, dot, _ = _strings(path)
    start = dot if start is None else os.fspath(start)
    here = [part for part in abspath(start).split(slash) if part]
    there = [part for part in abspath(path).split(slash) if part]
    same = len(commonprefix([here, there]))
    return slash.join([dot + dot] * (len(here) - same) + there[same:]) or dot


def expanduser(path):
    """Replaces ~ by the home folder."""
    path = os.fspath(path)
    if path[:1] != "~" or path[1:2] not in ("", "/"):
        return path
    return os.environ.get("HOME", "/home/user").rstrip("/") + path[1:] or "/"


def expandvars(path):
    """Replaces $name and ${name} by variables of the environment."""
    import re

    path = os.fspath(path)
    found = re.compile(r"\$(\w+|\{[^}]*\}?)")

    def value(match):
        return os.environ.get(match[1].strip("{}"), match[0])

    return found.sub(value, path)


def isreserved(path):
    return False


def isjunction(path):
    return False


def isdevdrive(path):
    return False


def __getattr__(name):
    if name in __all__ or name == "genericpath":
        unsupported(f"os.path.{name}: programs have no file system")
    raise AttributeError(f"module 'posixpath' has no attribute {name!r}")
