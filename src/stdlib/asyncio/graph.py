"""Who awaits whom."""

import dataclasses
import io
import sys
import types

from . import events
from . import futures
from . import tasks

__all__ = ("capture_call_graph", "format_call_graph", "print_call_graph", "FrameCallGraphEntry", "FutureCallGraph")


@dataclasses.dataclass(frozen=True, slots=True)
class FrameCallGraphEntry:
    frame: types.FrameType


@dataclasses.dataclass(frozen=True, slots=True)
class FutureCallGraph:
    future: futures.Future
    call_stack: tuple["FrameCallGraphEntry", ...]
    awaited_by: tuple["FutureCallGraph", ...]


def _of_coroutine(coro, limit):
    """The frames of a chain of awaits, outermost first."""
    stack = []
    while coro is not None:
        frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None) or getattr(coro, "ag_frame", None)
        awaited = next((getattr(coro, name) for name in ("cr_await", "gi_yieldfrom", "ag_await") if hasattr(coro, name)),
                       None)
        if frame is None:
            break
        stack.append(FrameCallGraphEntry(frame))
        coro = awaited
    return stack


def _cut(stack, limit):
    if limit is None:
        return stack
    return stack[:limit] if limit >= 0 else stack[limit:]


def _build_graph_for_future(future, *, limit=None):
    if not isinstance(future, futures.Future):
        raise TypeError(f"{future!r} object does not appear to be compatible with asyncio.Future")
    get_coro = getattr(future, "get_coro", None)
    stack = [] if get_coro is None or limit == 0 else _of_coroutine(get_coro(), limit)
    awaited_by = [_build_graph_for_future(parent, limit=limit) for parent in future._asyncio_awaited_by or ()]
    stack.reverse()
    return FutureCallGraph(future, tuple(_cut(stack, limit)), tuple(awaited_by))


def capture_call_graph(future=None, /, *, depth=1, limit=None):
    """The call graph of a future, by default of the running task."""
    loop = events._get_running_loop()
    if future is not None:
        if loop is None or future is not tasks.current_task(loop=loop):
            return _build_graph_for_future(future, limit=limit)
    else:
        if loop is None:
            raise RuntimeError("capture_call_graph() is called outside of a running event loop and no *future* to "
                               "introspect was provided")
        future = tasks.current_task(loop=loop)
    if future is None:
        return None
    stack, frame = [], sys._getframe(depth) if limit != 0 else None
    while frame is not None:
        is_async = frame.f_code.co_flags & 0x280
        stack.append(FrameCallGraphEntry(frame))
        if is_async and (frame.f_back is None or not frame.f_back.f_code.co_flags & 0x280):
            break
        frame = frame.f_back
    awaited_by = [_build_graph_for_future(parent, limit=limit) for parent in future._asyncio_awaited_by or ()]
    return FutureCallGraph(future, tuple(_cut(stack, limit)), tuple(awaited_by))


def _lines(graph, level):
    indent = "    " * level
    future = graph.future
    if isinstance(future, tasks.Task):
        yield f"{indent}* Task(name={future.get_name()!r}, id={id(future):#x})"
    else:
        yield f"{indent}* Future(id={id(future):#x})"
    if graph.call_stack:
        yield f"{indent}  + Call stack:"
        for entry in graph.call_stack:
            code = entry.frame.f_code
            prefix = "async " if code.co_flags & 0x280 else ""
            yield (f"{indent}  |   File {code.co_filename!r}, line {entry.frame.f_lineno}, in {prefix}"
                   f"{code.co_qualname}()")
    if graph.awaited_by:
        yield f"{indent}  + Awaited by:"
        for parent in graph.awaited_by:
            yield from _lines(parent, level + 1)


def format_call_graph(future=None, /, *, depth=1, limit=None):
    """The call graph as text."""
    graph = capture_call_graph(future, depth=depth + 1, limit=limit)
    return "" if graph is None else "\n".join(_lines(graph, 0))


def print_call_graph(future=None, /, *, file=None, depth=1, limit=None):
    """Prints the call graph."""
    print(format_call_graph(future, depth=depth + 1, limit=limit), file=file)
