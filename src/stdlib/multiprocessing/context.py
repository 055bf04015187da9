"""The ways to start a process, and the objects that go with each."""

import os

from multiprocessing import process

__all__ = ()


class ProcessError(Exception):
    pass


class BufferTooShort(ProcessError):
    pass


class TimeoutError(ProcessError):
    pass


class AuthenticationError(ProcessError):
    pass


class BaseContext:
    """What `multiprocessing.get_context` gives."""

    ProcessError, BufferTooShort = ProcessError, BufferTooShort
    TimeoutError, AuthenticationError = TimeoutError, AuthenticationError
    current_process = staticmethod(process.current_process)
    parent_process = staticmethod(process.parent_process)
    active_children = staticmethod(process.active_children)

    def cpu_count(self):
        return os.cpu_count()

    def freeze_support(self):
        """Only frozen programs need it."""

    def Queue(self, maxsize=0):
        """A queue between processes."""
        from multiprocessing.queues import Queue
        return Queue(maxsize, ctx=self.get_context())

    def SimpleQueue(self):
        """A queue between processes, without a bound."""
        from multiprocessing.queues import SimpleQueue
        return SimpleQueue(ctx=self.get_context())

    def get_context(self, method=None):
        if method is None:
            return self
        try:
            return _contexts[method]
        except KeyError:
            raise ValueError(f"cannot find context for {method!r}") from None

    def get_start_method(self, allow_none=False):
        return self._name

    def set_start_method(self, method, force=False):
        raise ValueError("cannot set start method of concrete context")

    def __getattr__(self, name):
        import multiprocessing
        if name in multiprocessing._REFUSED:
            import _loopscope
            _loopscope.unsupported(f"multiprocessing.{name}")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class Process(process.BaseProcess):
    def _start_process(self):
        return _default_context().Process._start_process(self)


class DefaultContext(BaseContext):
    """The context of the module's own functions; which one it stands for is chosen once."""

    Process = Process
    _actual = None

    def get_context(self, method=None):
        if method is not None:
            return super().get_context(method)
        if DefaultContext._actual is None:
            DefaultContext._actual = _contexts["forkserver"]
        return DefaultContext._actual

    def set_start_method(self, method, force=False):
        if DefaultContext._actual is not None and not force:
            raise RuntimeError("context has already been set")
        DefaultContext._actual = None if method is None and force else self.get_context(method)

    def get_start_method(self, allow_none=False):
        if DefaultContext._actual is None and allow_none:
            return None
        return self.get_context()._name

    def get_all_start_methods(self):
        return ["forkserver", "fork", "spawn"]


class ForkProcess(process.BaseProcess):
    _start_method = "fork"

    def _start_process(self):
        from multiprocessing import starting
        return starting.fork(self)


class SpawnProcess(process.BaseProcess):
    _start_method = "spawn"

    def _start_process(self):
        from multiprocessing import starting
        return starting.spawn(self)


class ForkServerProcess(process.BaseProcess):
    _start_method = "forkserver"

    def _start_process(self):
        from multiprocessing import starting
        return starting.ask_server(self)


class ForkContext(BaseContext):
    _name = "fork"
    Process = ForkProcess


class SpawnContext(BaseContext):
    _name = "spawn"
    Process = SpawnProcess


class ForkServerContext(BaseContext):
    _name = "forkserver"
    Process = ForkServerProcess


_contexts = {"fork": ForkContext(), "spawn": SpawnContext(), "forkserver": ForkServerContext()}


def _force_start_method(method):
    DefaultContext._actual = _contexts[method]


def _default_context():
    import multiprocessing
    return multiprocessing._default.get_context()
