"""How processes begin: as a copy of this one (fork), with the program's text run again as `__mp_main__` (spawn), or as
a copy of a server that has run it once (forkserver)."""

import sys

import _kernel
from multiprocessing import process

_server = None              # the pipe to the fork server, once it runs
_importing_main = False     # does this process run the program's text as `__mp_main__`?

_TOO_EARLY = """
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """


def dumps(thing):
    """Bytes that stand for an object in another process; making them takes time by their number alone."""
    import pickle
    _kernel.pause_meter()
    try:
        return pickle.dumps(thing)
    finally:
        _kernel.resume_meter()


def loads(message):
    """The object that bytes stand for."""
    import pickle
    _kernel.pause_meter()
    try:
        return pickle.loads(message)
    finally:
        _kernel.resume_meter()


def fork(child):
    """A process that goes on with a copy of this one's memory."""
    return _kernel.process_start(child.name, _run_copy, (child, sys.exception()), child._inbox)


def _run_copy(child, handled):
    """What a copy does; it is still handling the exception that this process does."""
    import threading
    _kernel.thread_started(None)
    threading._after_fork()
    if handled is None:
        _kernel.process_exit(child._bootstrap())
    traceback = handled.__traceback__
    try:
        raise handled
    except BaseException:
        handled.__traceback__ = traceback
        _kernel.process_exit(child._bootstrap())


def spawn(child):
    """A process that knows only what it is sent."""
    _check_not_importing_main()
    arguments = "run_spawned", _pickled(child)
    return _kernel.process_start(child.name, "process_body", arguments, child._inbox)


def run_spawned(message):
    """What a spawned process does."""
    _import_main()
    return _run_pickled(message)


def _pickled(child):
    """What a process is told that begins with the program's text: how this one starts others, and what it is to do."""
    import multiprocessing
    method = multiprocessing.get_start_method(allow_none=True) or ""
    return method.encode() + b" " + dumps(child)


def _run_pickled(message):
    import multiprocessing
    method, _, child = message.partition(b" ")
    multiprocessing.set_start_method(method.decode() or None, force=True)
    return loads(child)._bootstrap()


def ask_server(child):
    """Has the fork server start a process."""
    _check_not_importing_main()
    message = _pickled(child)
    requests, answers = _running_server()
    inbox = -1 if child._inbox is None else child._inbox
    for part in b"%d" % inbox, child.name.encode(), message:
        _kernel.pipe_send(requests, part)
    answer = _kernel.pipe_receive(answers)
    if not answer:
        raise ConnectionResetError(104, "Connection reset by peer")
    return int(answer)


def _running_server():
    """The pipes to the server and from it; an empty message from it tells of its end."""
    global _server
    if _server is None or _kernel.process_status(_server[2]) is not None:
        requests, answers = _kernel.pipe_new(), _kernel.pipe_new()
        arguments = "run_server", b"%d %d" % (requests, answers)
        number = _kernel.process_start("forkserver", "process_body", arguments, answers)
        _server = requests, answers, number
    return _server[:2]


def run_server(message):
    """The fork server: runs the program's text once, and then starts copies of itself."""
    requests, answers = map(int, message.split())
    _import_main()
    while True:
        inbox, name, message = [_kernel.pipe_receive(requests) for _ in range(3)]
        inbox = None if inbox == b"-1" else int(inbox)
        number = _kernel.process_start(name.decode(), _run_asked, (message,), inbox)
        _kernel.pipe_send(answers, b"%d" % number)


def _run_asked(message):
    import threading
    _kernel.thread_started(None)
    threading._after_fork()
    _kernel.process_exit(_run_pickled(message))


def _check_not_importing_main():
    if _importing_main:
        raise RuntimeError(_TOO_EARLY)


def _import_main():
    """Runs the program's text, unless a copy of it is here already."""
    global _importing_main
    _importing_main = True
    try:
        _kernel.execute_program("__mp_main__")
        sys.modules["__main__"] = sys.modules["__mp_main__"]
    finally:
        _importing_main = False
