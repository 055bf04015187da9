"""How tasks are shown."""

import linecache
import reprlib
import traceback

from . import base_futures
from . import coroutines


def _task_repr_info(task):
    info = base_futures._future_repr_info(task)
    if task.cancelling() and not task.done():
        info[0] = "cancelling"
    info.insert(1, f"name={task.get_name()!r}")
    if task._fut_waiter is not None:
        info.insert(2, f"wait_for={task._fut_waiter!r}")
    if task._coro:
        info.insert(2, f"coro=<{coroutines._format_coroutine(task._coro)}>")
    return info


@reprlib.recursive_repr()
def _task_repr(task):
    return f"<{task.__class__.__name__} {' '.join(_task_repr_info(task))}>"


def _limited(frames, limit):
    for frame in frames:
        if limit is not None:
            if limit <= 0:
                return
            limit -= 1
        yield frame


def _outwards(frame):
    while frame is not None:
        yield frame
        frame = frame.f_back


def _along(tb):
    while tb is not None:
        yield tb.tb_frame
        tb = tb.tb_next


def _task_get_stack(task, limit):
    frame = None
    for attribute in ("cr_frame", "gi_frame", "ag_frame"):
        if hasattr(task._coro, attribute):
            frame = getattr(task._coro, attribute)
            break
    if frame is not None:
        return list(_limited(_outwards(frame), limit))[::-1]
    if task._exception is not None:
        return list(_limited(_along(task._exception.__traceback__), limit))
    return []


def _task_print_stack(task, limit, file):
    extracted = []
    for frame in task.get_stack(limit=limit):
        code = frame.f_code
        line = linecache.getline(code.co_filename, frame.f_lineno, frame.f_globals)
        extracted.append((code.co_filename, frame.f_lineno, code.co_name, line))
    exc = task._exception
    if not extracted:
        print(f"No stack for {task!r}", file=file)
    elif exc is not None:
        print(f"Traceback for {task!r} (most recent call last):", file=file)
    else:
        print(f"Stack for {task!r} (most recent call last):", file=file)
    traceback.print_list(extracted, file=file)
    if exc is not None:
        for line in traceback.format_exception_only(exc.__class__, exc):
            print(line, file=file, end="")
