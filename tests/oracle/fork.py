"""fork.py - run many programs on real CPython, each in a process forked from one that is ready.

    python fork.py [--c-classes]

reads lines `PROGRAM<TAB>STEM` and runs each program as oracle.py would, with its
output in STEM.out and STEM.err and its events in STEM.trace.jsonl; answers each
with a line that holds the exit status.

With --c-classes asyncio keeps its C classes.  Few of their events can be observed,
but the output is what programs print when nobody looks on.

Starting CPython and importing asyncio takes a tenth of a second, a fork a few
milliseconds.  Automatic garbage collection is off, since when it runs depends on
how much was allocated before.
"""
import gc
import os
import signal
import sys

import oracle

oracle.OWN_FILES.add(__file__)
OBSERVED = len(sys.argv) == 1
SECONDS = 20            # of real time, for a program that does not come to its end
real_alarm = signal.alarm


def child(program, stem):
    """Run a program; does not return."""
    for descriptor, suffix in ((0, None), (1, ".out"), (2, ".err")):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        opened = os.open(stem + suffix, flags, 0o666) if suffix else os.open(os.devnull, os.O_RDONLY)
        os.dup2(opened, descriptor)
        os.close(opened)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)    # it may be ignored by who started this
    import random
    random.seed(0)
    os.chdir(os.path.dirname(program))
    oracle.trace.open(stem + ".trace.jsonl")
    if OBSERVED:
        oracle.install_hooks()
    else:
        oracle.watch_c_classes()
    oracle.sched.max_time = oracle.ns(86400.0)
    status, modules = oracle.run_program(os.path.basename(program), [])
    oracle.finalize(modules)
    oracle.trace("exit", status=status)
    oracle.quit_now(status)


def queues_as_in_c():
    """How the C versions of the module queue are called; they are never used, since waiting in them takes real time."""
    import queue
    queue.Empty.__module__ = "_queue"
    oracle.rename_methods(queue.SimpleQueue, "SimpleQueue")


def as_in_c():
    """Where the C versions do otherwise than the Python ones that are observed."""
    import asyncio
    Task, Future = asyncio.Task, asyncio.Future

    def failure_of(future):
        """What a future failed with; it is not raised if the future is of one of these classes and was not cancelled."""
        if type(future) in (Task, Future) and future.done() and future._exception is not None:
            future._log_traceback = False
            exception = future._exception.with_traceback(future._exception_tb)
            future._exception_tb = None
            return exception
        try:
            future.result()
        except BaseException as exc:
            return exc

    def wakeup(self, future):
        """Resumes the coroutine outside of any handler, so that what it raises has no context."""
        asyncio.future_discard_from_awaited_by(future, self)
        self._Task__step(failure_of(future))
        self = None

    def worded(original, is_right, message):
        def method(self, *args):
            if not is_right(self):
                raise asyncio.InvalidStateError(message)
            return original(self, *args)
        method.__name__, method.__qualname__ = original.__name__, original.__qualname__
        return method

    own_result = Future.result

    def result(self):
        """The traceback that the exception had when it was set is put back once."""
        try:
            return own_result(self)
        finally:
            self._exception_tb = None

    wakeup.__qualname__ = "Task.task_wakeup"
    Task._Task__wakeup = wakeup
    result.__qualname__ = own_result.__qualname__
    Future.result = worded(result, Future.done, "Result is not set.")
    Future.exception = worded(Future.exception, Future.done, "Exception is not set.")
    Future.set_result = worded(Future.set_result, lambda f: not f.done(), "invalid state")
    Future.set_exception = worded(Future.set_exception, lambda f: not f.done(), "invalid state")


def run(program, stem):
    """The exit status of a program; negative for a signal."""
    pid = os.fork()
    if pid == 0:
        try:
            child(program, stem)
        finally:
            os._exit(120)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    real_alarm(SECONDS)
    status = os.waitpid(pid, 0)[1]
    real_alarm(0)
    return os.waitstatus_to_exitcode(status)


def main():
    oracle.setup(observed=OBSERVED)
    queues_as_in_c()
    if OBSERVED:
        as_in_c()
    import concurrent.futures.thread        # noqa: F401  what programs import, imported once
    import contextlib                       # noqa: F401
    import contextvars                      # noqa: F401
    import functools                        # noqa: F401
    import inspect                          # noqa: F401
    import io                               # noqa: F401
    import queue                            # noqa: F401
    import threading
    import traceback                        # noqa: F401
    threading.main_thread()._creation_number = 0    # it is older than the numbers; forking puts it into a set
    gc.disable()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        line = line.rstrip("\n")
        status = run(*line.split("\t"))
        os.write(1, f"{status}\n".encode())


if __name__ == "__main__":
    main()
