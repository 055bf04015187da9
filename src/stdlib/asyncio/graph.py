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


def _of_coroutine(coro):
    """The frames of a chain of coroutines that await each other, outermost first."""
    stack = []
    while hasattr(coro, "cr_await"):
        if coro.cr_frame is not None:
            stack.append(FrameCallGraphEntry(coro.cr_frame))
        coro = coro.cr_await
    return stack


def _cut(stack, limit):
    if not limit:
        return tuple(stack)
    return tuple(stack[:limit] if limit > 0 else stack[limit:])


def _check(future):
    if not isinstance(future, futures.Future):
        raise TypeError(f"{future!r} object does not appear to be compatible with asyncio.Future")


def _build_graph_for_future(future, *, limit=None):
    _check(future)
    get_coro = getattr(future, "get_coro", None)
    stack = [] if get_coro is None or limit == 0 else _of_coroutine(get_coro())
    awaited_by = []
    for waiter in future._asyncio_awaited_by or ():
        # In a loop: one call for each level, which counts where futures await each other for ever.
        awaited_by.append(_build_graph_for_future(waiter, limit=limit))
    return FutureCallGraph(future, _cut(stack, limit)[::-1], tuple(awaited_by))


def _frames_from(frame):
    """The frames from one outwards to the coroutine that the task drives."""
    while frame is not None:
        yield FrameCallGraphEntry(frame)
        outer = frame.f_back
        is_async = isinstance(frame.f_generator, (types.CoroutineType, types.AsyncGeneratorType))
        if is_async and (outer is None or outer.f_generator is None):
            return
        frame = outer


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
    _check(future)
    stack = [] if limit == 0 else list(_frames_from(sys._getframe(depth)))
    awaited_by = tuple(_build_graph_for_future(waiter, limit=limit) for waiter in future._asyncio_awaited_by or ())
    # Here the innermost frame comes first.
    return FutureCallGraph(future, _cut(stack, limit and -limit), awaited_by)


def _place(frame):
    """How a line of the graph names a frame."""
    generator, tag = frame.f_generator, ""
    if generator is not None:
        kinds = ((types.CoroutineType, "async "), (types.AsyncGeneratorType, "async generator "))
        tag = next((tag for kind, tag in kinds if isinstance(generator, kind)), "generator ")
    code = frame.f_code
    return f"File {code.co_filename!r}, line {frame.f_lineno}, in {tag}{code.co_qualname}()"


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
            yield f"{indent}  |   {_place(entry.frame)}"
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
    print(format_call_graph(future, depth=depth, limit=limit), file=file)
