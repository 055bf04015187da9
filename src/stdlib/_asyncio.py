"""The part of asyncio that CPython writes in C: futures and tasks of the kernel, and what they need of Python."""

import _kernel
from _kernel import Future, Task, all_tasks, current_task, get_running_loop
from _kernel import _get_running_loop, _set_running_loop, _swap_current_task
from _kernel import future_add_to_awaited_by, future_discard_from_awaited_by


def get_event_loop():
    """The running loop, or what the policy says."""
    running = _get_running_loop()
    if running is not None:
        return running
    from asyncio import events
    return events._get_event_loop_policy().get_event_loop()


def future_stack():
    """The stack that debug mode keeps with a future, however long it is."""
    import sys
    import traceback
    return traceback.extract_stack(sys._getframe())


def handle_stack(left_out):
    """The stack that it keeps with a handle: the innermost calls, but for so many that CPython leaves out."""
    import sys
    from asyncio import constants, format_helpers
    caller = sys._getframe()
    if caller.f_code.co_qualname == "BaseEventLoop.call_soon_threadsafe":
        left_out -= 1       # here it is one of the calls that are kept at first
    return format_helpers.extract_stack(caller, constants.DEBUG_STACK_DEPTH - left_out)


def callback_failed(handle, exc):
    """A callback of the loop raised: the exception handler is told; gives what it was told."""
    from asyncio import format_helpers
    loop = handle._loop
    source = format_helpers._format_callback_source(handle._callback, handle._args, debug=loop.get_debug())
    context = {"message": f"Exception in callback {source}", "exception": exc, "handle": handle}
    if handle._source_traceback:
        context["source_traceback"] = handle._source_traceback
    loop.call_exception_handler(context)
    return context


def bad_yield(task, value):
    import inspect
    if inspect.isgenerator(value):
        return RuntimeError(f"yield was used instead of yield from for generator in task {task!r} with {value!r}")
    return RuntimeError(f"Task got bad yield: {value!r}")


def different_loop(task, value):
    return RuntimeError(f"Task {task!r} got Future {value!r} attached to a different loop")


def plain_yield(task, value):
    return RuntimeError(f"yield was used instead of yield from in task {task!r} with {value!r}")


def self_await(task, value):
    return RuntimeError(f"Task cannot await on itself: {task!r}")


def _register_task(task):
    """The kernel knows its own tasks."""


def _unregister_task(task):
    _kernel.forget_task(task)


_register_eager_task, _unregister_eager_task = _register_task, _unregister_task


def _enter_task(loop, task):
    before = _swap_current_task(loop, task)
    if before is not None:
        _swap_current_task(loop, before)
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {before!r} is being executed.")


def _leave_task(loop, task):
    before = _swap_current_task(loop, None)
    if before is not task:
        _swap_current_task(loop, before)
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {before!r}.")


# -- what the classes have in Python ---------------------------------------------------------------------------------

def _future_repr(self):
    from asyncio import base_futures
    return base_futures._future_repr(self)


def _task_repr(self):
    from asyncio import base_tasks
    return base_tasks._task_repr(self)


def _future_del(self):
    if not _kernel.future_complains(self):
        return
    _kernel.exception_lost(self)
    context = {"message": f"{self.__class__.__name__} exception was never retrieved", "exception": self._exception,
               "future": self}
    if self._source_traceback:
        context["source_traceback"] = self._source_traceback
    self._loop.call_exception_handler(context)


def _task_del(self):
    if self._log_destroy_pending and self._state == "PENDING":
        _kernel.task_lost(self)
        context = {"message": "Task was destroyed but it is pending!", "task": self}
        if self._source_traceback:
            context["source_traceback"] = self._source_traceback
        self._loop.call_exception_handler(context)
    _future_del(self)


def _set_log_traceback(self, value):
    if value:
        raise ValueError("_log_traceback can only be set to False")
    _kernel.set_future_log_traceback(self, False)


class _TaskMethods:
    """Methods of `Task` that need Python."""

    def get_stack(self, *, limit=None):
        from asyncio import base_tasks
        return base_tasks._task_get_stack(self, limit)

    def print_stack(self, *, limit=None, file=None):
        from asyncio import base_tasks
        return base_tasks._task_print_stack(self, limit, file)

    get_stack.__qualname__, print_stack.__qualname__ = "Task.get_stack", "Task.print_stack"


_FUTURE = {
    "__repr__": _future_repr,
    "__del__": _future_del,
    "_asyncio_future_blocking": property(_kernel.future_blocking, _kernel.set_future_blocking),
    "_cancel_message": property(_kernel.future_cancel_message, _kernel.set_future_cancel_message),
    "_log_traceback": property(_kernel.future_log_traceback, _set_log_traceback),
}
_TASK = {
    "__repr__": _task_repr,
    "__del__": _task_del,
    "get_stack": _TaskMethods.get_stack,
    "print_stack": _TaskMethods.print_stack,
    "_log_destroy_pending": property(_kernel.task_log_destroy, _kernel.set_task_log_destroy),
}


def _handle_repr_info(self):
    from asyncio import format_helpers
    info = [self.__class__.__name__]
    if self._cancelled:
        info.append("cancelled")
    if self._callback is not None:
        info.append(format_helpers._format_callback_source(self._callback, self._args, debug=self._loop.get_debug()))
    if self._source_traceback:
        frame = self._source_traceback[-1]
        info.append(f"created at {frame[0]}:{frame[1]}")
    return info


def _timer_repr_info(self):
    info = _handle_repr_info(self)
    info.insert(2 if self._cancelled else 1, f"when={self._when}")
    return info


def _handle_repr(self):
    if self._kept_repr is not None:
        return self._kept_repr
    return f"<{' '.join(self._repr_info())}>"


def _handle_run(self):
    """Calls the callback, for loops that are programs' own."""
    try:
        self._context.run(self._callback, *self._args)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        callback_failed(self, exc)


_HANDLE = {"_repr_info": _handle_repr_info, "__repr__": _handle_repr, "_run": _handle_run}
_TIMER = {
    "_repr_info": _timer_repr_info,
    "__hash__": lambda self: hash(self._when),
    "__lt__": lambda self, other: self._when < other._when if isinstance(other, _kernel.TimerHandle) else NotImplemented,
    "__le__": lambda self, other: self._when < other._when or self == other
    if isinstance(other, _kernel.TimerHandle) else NotImplemented,
    "__gt__": lambda self, other: self._when > other._when if isinstance(other, _kernel.TimerHandle) else NotImplemented,
    "__ge__": lambda self, other: self._when > other._when or self == other
    if isinstance(other, _kernel.TimerHandle) else NotImplemented,
    "__eq__": lambda self, other: (self._when, self._callback, self._args, self._cancelled) == (
        other._when, other._callback, other._args, other._cancelled)
    if isinstance(other, _kernel.TimerHandle) else NotImplemented,
}


def _extend():
    from types import GenericAlias
    _FUTURE["__class_getitem__"] = classmethod(GenericAlias)
    for cls, members in ((Future, _FUTURE), (Task, _TASK), (_kernel.Handle, _HANDLE), (_kernel.TimerHandle, _TIMER)):
        for name, member in members.items():
            _kernel.extend(cls, name, member)


_extend()
