"""The few things of an operating system that programs find here: no files, no other programs."""

import abc

import _kernel
from _loopscope import unsupported
from _signal import kill

name = "posix"
sep, altsep, pathsep, linesep, curdir, pardir, extsep = "/", None, ":", "\n", ".", "..", "."
devnull = "/dev/null"
environ = {"HOME": "/home/user", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "USER": "user"}

error = OSError


class PathLike(abc.ABC):
    """What has a path."""

    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike and any("__fspath__" in base.__dict__ for base in subclass.__mro__):
            return True
        return NotImplemented


def getpid():
    """The number of the process."""
    return _kernel.process_ids()[0]


def getppid():
    """The number of the parent process."""
    return _kernel.process_ids()[1]


def _exit(status):
    """Ends the process at once."""
    _kernel.process_exit(status)


def cpu_count():
    """The number of processors; two, unless told otherwise."""
    return _kernel.cpu_count()


process_cpu_count = cpu_count


def sched_getaffinity(pid, /):
    """The processors that may be used."""
    return set(range(cpu_count()))


def getuid():
    """The number of the user."""
    return 1000


getgid = geteuid = getegid = getuid


def getlogin():
    """The name of the user."""
    return "user"


def fsencode(filename):
    """A path as bytes."""
    path = fspath(filename)
    return path.encode() if isinstance(path, str) else path


def fsdecode(filename):
    """A path as text."""
    path = fspath(filename)
    return path.decode() if isinstance(path, bytes) else path


def abort():
    """A process cannot be ended this way here."""
    unsupported("os.abort")


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def urandom(size, /):
    """Random bytes; the same ones in each run."""
    from secrets import token_bytes

    return token_bytes(size)


def getcwd():
    """The current folder."""
    return "/home/user"


def fspath(path):
    """The path that an object stands for."""
    if isinstance(path, (str, bytes)):
        return path
    method = getattr(type(path), "__fspath__", None)
    if method is None:
        raise TypeError(
            f"expected str, bytes or os.PathLike object, not {type(path).__name__}"
        )
    found = method(path)
    if isinstance(found, (str, bytes)):
        return found
    raise TypeError(
        f"expected {type(path).__name__}.__fspath__() to return str or bytes, not {type(found).__name__}"
    )


def strerror(code, /):
    """The text of an error number."""
    from errno import texts

    return texts.get(code, f"Unknown error {code}")


import os.path as path  # needs what is above

_ABSENT = frozenset(
    """
    access chdir chmod chown close dup environb execv execve fdopen fork fstat getcwdb
    link listdir lseek lstat makedirs mkdir open pipe popen putenv read readlink remove removedirs rename
    renames replace rmdir scandir spawnl stat statvfs symlink sync system times truncate umask uname unlink
    unsetenv utime wait waitpid walk write
    """.split()
)


def __getattr__(attribute):
    if attribute in _ABSENT:
        unsupported(f"os.{attribute}: programs have neither files nor processes")
    raise AttributeError(f"module 'os' has no attribute {attribute!r}")
