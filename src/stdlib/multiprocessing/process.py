"""A process as the program sees it, and what each one does from its first to its last instruction."""

import itertools
import sys
import threading

import _kernel

__all__ = ["BaseProcess", "current_process", "active_children", "parent_process"]


def current_process():
    """The process that runs."""
    return _current


def active_children():
    """Processes that this one has started and that are alive."""
    _cleanup()
    return list(_children)


def parent_process():
    """The process that started this one."""
    return _parent


def _number_of(pid):
    """The kernel's number of this process or of a child, by the operating system's."""
    if pid == _kernel.process_ids()[0]:
        return _kernel.process_number()
    return next((child._number for child in _children if child.pid == pid), None)


def _cleanup():
    for process in list(_children):
        if _kernel.process_status(process._number) is not None:
            _children.discard(process)


class BaseProcess:
    """An activity in a process of its own."""

    _popen = None
    _start_method = None
    _number = None          # in the kernel, once it is started
    _inbox = None           # the pipe that is told of its end

    def _start_process(self):
        raise NotImplementedError

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, "group argument must be None for now"
        count = next(_counter)
        self._identity = _current._identity + (count,)
        self._config = dict(_current._config)
        self._parent_pid = _kernel.process_ids()[0]
        self._parent_name = _current.name
        self._closed = False
        self._target, self._args, self._kwargs = target, tuple(args), dict(kwargs)
        self._name = name or type(self).__name__ + "-" + ":".join(str(i) for i in self._identity)
        if daemon is not None:
            self.daemon = daemon

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def run(self):
        """What the process does; subclasses may override it."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        self._check_closed()
        assert self._number is None, "cannot start a process twice"
        assert self._parent_pid == _kernel.process_ids()[0], "can only start a process object created by current process"
        assert not _current._config.get("daemon"), "daemonic processes are not allowed to have children"
        _cleanup()
        self._number = self._start_process()
        del self._target, self._args, self._kwargs
        _children.add(self)

    def terminate(self):
        self._signal(15, "terminate")

    def kill(self):
        self._signal(9, "kill")

    def interrupt(self):
        self._signal(2, "interrupt")

    def _signal(self, number, verb):
        self._check_closed()
        if self._number is None:        # it has not been started, or not by this process
            raise AttributeError(f"'NoneType' object has no attribute {verb!r}")
        _kernel.process_kill(self._number, number)

    def join(self, timeout=None):
        self._check_closed()
        self._check_parent("join")
        assert self._number is not None, "can only join a started process"
        if _kernel.process_join(self._number, timeout) is not None:
            _children.discard(self)

    def is_alive(self):
        self._check_closed()
        if self is _current:
            return True
        assert self._parent_pid == _kernel.process_ids()[0], "can only test a child process"
        if self._number is None:
            return False
        if _kernel.process_status(self._number) is None:
            return True
        _children.discard(self)
        return False

    def _check_parent(self, verb):
        assert self._parent_pid == _kernel.process_ids()[0], f"can only {verb} a child process"

    def close(self):
        if self._number is not None and not self._closed:
            if _kernel.process_status(self._number) is None:
                raise ValueError("Cannot close a process while it is still running. You should first call join() or "
                                 "terminate().")
            _children.discard(self)
        self._closed = True

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name

    @property
    def daemon(self):
        return self._config.get("daemon", False)

    @daemon.setter
    def daemon(self, daemonic):
        assert self._number is None, "process has already started"
        self._config["daemon"] = daemonic

    @property
    def authkey(self):
        return self._config["authkey"]

    @property
    def exitcode(self):
        self._check_closed()
        if self._number is None:
            return None
        self._check_parent("test")
        return _kernel.process_status(self._number)

    @property
    def ident(self):
        self._check_closed()
        if self is _current:
            return _kernel.process_ids()[0]
        return self._number and _kernel.process_ids(self._number)[0]

    pid = ident

    @property
    def sentinel(self):
        import _loopscope
        _loopscope.unsupported("multiprocessing.Process.sentinel")

    def __repr__(self):
        if self is _current:
            status = "started"
        elif self._closed:
            status = "closed"
        elif self._parent_pid != _kernel.process_ids()[0]:
            status = "unknown"
        elif self._number is None:
            status = "initial"
        elif (code := self.exitcode) is None:
            status = "started"
        else:
            status = "stopped"
        shown = [f"name={self._name!r}"]
        if self._number is not None:
            shown.append(f"pid={self.pid}")
        shown.append(f"parent={self._parent_pid}")
        shown.append(status)
        if status == "stopped":
            shown.append(f"exitcode={_exit_name(code)}")
        if self.daemon:
            shown.append("daemon")
        return f"<{type(self).__name__} {' '.join(shown)}>"

    def _bootstrap(self):
        """The process from its beginning to its exit status."""
        global _current, _parent, _counter, _children
        _counter, _children = itertools.count(1), set()
        _parent = _ParentProcess(self._parent_name, self._parent_pid)
        _current = self
        if self._start_method is not None:
            from multiprocessing import context
            context._force_start_method(self._start_method)
        try:
            try:
                self.run()
                status = 0
            finally:
                _exit_function()
        except SystemExit as exc:
            status = _status_of(exc)
        except BaseException:
            status = 1
            import traceback
            sys.stderr.write(f"Process {self.name}:\n")
            traceback.print_exc()
        finally:
            threading._shutdown()
        return status


def _status_of(exc):
    if exc.code is None:
        return 0
    if isinstance(exc.code, int):
        return exc.code
    sys.stderr.write(str(exc.code) + "\n")
    return 1


def _exit_name(code):
    if code >= 0:
        return code
    import signal
    try:
        return "-" + signal.Signals(-code).name
    except ValueError:
        return code


def _exit_function():
    """Daemonic children are ended, others are waited for."""
    for process in active_children():
        if process.daemon:
            process.terminate()
    for process in active_children():
        process.join()


class _ParentProcess(BaseProcess):
    """The process that started this one, as that sees it."""

    def __init__(self, name, pid):
        self._identity, self._config, self._closed = (), {}, False
        self._name, self._pid, self._parent_pid = name, pid, None

    def is_alive(self):
        return True

    @property
    def ident(self):
        return self._pid

    pid = ident

    def join(self, timeout=None):
        raise AssertionError("can only join a child process")


class _MainProcess(BaseProcess):
    """The process that the program began in."""

    def __init__(self):
        self._identity, self._parent_pid, self._name, self._closed = (), None, "MainProcess", False
        self._config = {"authkey": b"", "semprefix": "/mp"}

    def close(self):
        pass


_parent = None
_current = _MainProcess()
_counter = itertools.count(1)
_children = set()

import atexit
atexit.register(_exit_function)
