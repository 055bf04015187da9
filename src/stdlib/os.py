"""The few things of an operating system that programs find here: no files, no processes."""

from _loopscope import unsupported

name = "posix"
sep, altsep, pathsep, linesep, curdir, pardir, extsep = "/", None, ":", "\n", ".", "..", "."
devnull = "/dev/null"
environ = {"HOME": "/home/user", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "USER": "user"}

PathLike = type("PathLike", (), {"__doc__": "What has a path."})
error = OSError


def getpid():
    """The number of the process."""
    return 4242


def getppid():
    """The number of the parent process."""
    return 0


def cpu_count():
    """The number of processors; two, unless told otherwise."""
    return 2


process_cpu_count = cpu_count


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def urandom(size, /):
    """Random bytes; always the same ones, so that runs repeat."""
    import random

    return random.Random(0).randbytes(size)


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
    return method(path)


def strerror(code, /):
    """The text of an error number."""
    return {1: "Operation not permitted", 2: "No such file or directory"}.get(
        code, f"Unknown error {code}"
    )


_ABSENT = frozenset(
    """
    access chdir chmod chown close dup environb execv execve fdopen fork fstat getcwdb getlogin getuid kill
    link listdir lseek lstat makedirs mkdir open path pipe popen putenv read readlink remove removedirs rename
    renames replace rmdir scandir spawnl stat statvfs symlink sync system times truncate umask uname unlink
    unsetenv utime wait waitpid walk write
    """.split()
)


def __getattr__(attribute):
    if attribute in _ABSENT:
        unsupported(f"os.{attribute}: programs have neither files nor processes")
    raise AttributeError(f"module 'os' has no attribute {attribute!r}")
