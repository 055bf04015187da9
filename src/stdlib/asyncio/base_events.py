"""The event loop, above its native part (ready queue, timers, the iteration's batch)."""

__all__ = ("BaseEventLoop", "Server")

import collections
import concurrent.futures
import sys
import threading
import time
import traceback
import warnings
import weakref

import _kernel
import _loopscope

from . import constants
from . import coroutines
from . import events
from . import exceptions
from . import format_helpers
from . import futures
from . import tasks
from . import timeouts
from .log import logger


# How long a loop waits at most, in seconds.
MAXIMUM_SELECT_TIMEOUT = 24 * 3600


class Server(events.AbstractServer):
    """Listens on sockets: not simulated."""

    def __init__(self, *args, **kwargs):
        _loopscope.unsupported("asyncio.Server")

    @property
    def sockets(self):
        """The sockets listened on: none here."""
        return ()


def _format_handle(handle):
    callback = handle._callback
    if isinstance(getattr(callback, "__self__", None), tasks.Task):
        return repr(callback.__self__)      # a step: the task says more
    return str(handle)


def _run_until_complete_cb(fut):
    if not fut.cancelled() and isinstance(fut.exception(), (SystemExit, KeyboardInterrupt)):
        return          # it has ended run_forever() already
    futures._get_loop(fut).stop()


def _refused(name):
    """A method of the loop that needs an operating system."""
    def method(self, *args, **kwargs):
        _loopscope.unsupported(f"loop.{name}")
    method.__name__, method.__qualname__ = name, f"BaseEventLoop.{name}"
    return method


def _not_scheduled(loop, callback, message):
    raise RuntimeError(message)


class _AsyncGenerators(weakref.WeakKeyDictionary):
    """A loop's asynchronous generators, as long as somebody else holds them: a set in the order in which they began. In a
    WeakSet the order would be that of their addresses."""

    def add(self, agen):
        self[agen] = None

    def discard(self, agen):
        self.pop(agen, None)


class BaseEventLoop(_kernel.BaseEventLoop, events.AbstractEventLoop):
    """An event loop."""

    def __init__(self):
        self._default_executor = None
        self._exception_handler = None
        self._old_agen_hooks = None
        self.slow_callback_duration = 0.1
        self._task_factory = None
        self._asyncgens = _AsyncGenerators()
        self._asyncgens_shutdown_called = False
        self._executor_shutdown_called = False
        self._clock_resolution = time.get_clock_info("monotonic").resolution
        self._coroutine_origin_tracking_enabled = False
        self._coroutine_origin_tracking_saved_depth = None
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        return (f"<{self.__class__.__name__} running={self.is_running()} closed={self.is_closed()} "
                f"debug={self.get_debug()}>")

    def time(self):
        """The time as the loop counts it, in seconds."""
        return time.monotonic()

    def create_future(self):
        return futures.Future(loop=self)

    def create_task(self, coro, **kwargs):
        """A task for a coroutine, by the task factory if one is set."""
        self._check_closed()
        if self._task_factory is not None:
            return self._task_factory(self, coro, **kwargs)
        task = tasks.Task(coro, loop=self, **kwargs) if kwargs else tasks.Task(coro, loop=self)
        if task._source_traceback:
            del task._source_traceback[-1]
        return task

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def _process_events(self, event_list):
        """What the selector found; a loop with a selector of its own says what is to be done with it."""
        raise NotImplementedError

    def _write_to_self(self):
        """Wakes the loop's selector; a loop with a selector of its own says how."""
        raise NotImplementedError

    def call_soon_threadsafe(self, callback, *args, context=None):
        """Like `call_soon`, from any thread."""
        handle = super().call_soon_threadsafe(callback, *args, context=context)
        if handle._source_traceback:
            del handle._source_traceback[-1]
        self._write_to_self()
        return handle

    def _check_closed(self):
        if self.is_closed():
            raise RuntimeError("Event loop is closed")

    def _check_default_executor(self):
        if self._executor_shutdown_called:
            raise RuntimeError("Executor shutdown has been called")

    # -- asynchronous generators

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.discard(agen)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            warnings.warn(f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call",
                          ResourceWarning, source=self)
        self._asyncgens.add(agen)

    async def shutdown_asyncgens(self):
        """Closes every asynchronous generator that is still suspended."""
        self._asyncgens_shutdown_called = True
        if not len(self._asyncgens):
            return
        closing = list(self._asyncgens)
        self._asyncgens.clear()
        results = await tasks.gather(*[agen.aclose() for agen in closing], return_exceptions=True)
        for result, agen in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    "message": f"an error occurred during closing of asynchronous generator {agen!r}",
                    "exception": result, "asyncgen": agen})

    # -- executors

    async def shutdown_default_executor(self, timeout=None):
        """Waits for the default executor's threads, in a thread of its own."""
        self._executor_shutdown_called = True
        if self._default_executor is None:
            return
        future = self.create_future()
        thread = threading.Thread(target=self._do_shutdown, args=(future,))
        thread.start()
        try:
            async with timeouts.timeout(timeout):
                await future
        except TimeoutError:
            warnings.warn(f"The executor did not finishing joining its threads within {timeout} seconds.",
                          RuntimeWarning, stacklevel=2)
            self._default_executor.shutdown(wait=False)
        else:
            thread.join()

    def _do_shutdown(self, future):
        try:
            self._default_executor.shutdown(wait=True)
            if not self.is_closed():
                self.call_soon_threadsafe(futures._set_result_unless_cancelled, future, None)
        except Exception as ex:
            if not self.is_closed() and not future.cancelled():
                self.call_soon_threadsafe(future.set_exception, ex)

    def run_in_executor(self, executor, func, *args):
        """Has a function run by an executor; gives an awaitable future."""
        self._check_closed()
        if self.get_debug():
            self._check_callback(func, "run_in_executor")
        if executor is None:
            executor = self._default_executor
            self._check_default_executor()
            if executor is None:
                executor = concurrent.futures.ThreadPoolExecutor(thread_name_prefix="asyncio")
                self._default_executor = executor
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        if not isinstance(executor, concurrent.futures.ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    # -- running

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def _run_forever_setup(self):
        self._check_closed()
        self._check_running()
        self._set_coroutine_origin_tracking(self.get_debug())
        self._old_agen_hooks = sys.get_asyncgen_hooks()
        self._set("thread", threading.get_ident())
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        events._set_running_loop(self)

    def _run_forever_cleanup(self):
        self._set("forever", False)
        self._set("stopping", False)
        self._set("thread", None)
        events._set_running_loop(None)
        self._set_coroutine_origin_tracking(False)
        if self._old_agen_hooks is not None:
            sys.set_asyncgen_hooks(*self._old_agen_hooks)
            self._old_agen_hooks = None

    def run_forever(self):
        """Runs until `stop()` is called."""
        self._note("start")
        self._run_forever_setup()
        try:
            self._set("forever", True)
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._run_forever_cleanup()
        self._note("stopped")

    def _run_once(self):
        """One iteration: waits in the selector, which a subclass has, and runs what is ready by then."""
        self._drop_cancelled()
        timeout = None
        if self._ready or self._stopping:
            timeout = 0
        elif self._scheduled:
            timeout = min(max(0, self._scheduled[0].when() - self.time()), MAXIMUM_SELECT_TIMEOUT)
        found = self._selector.select(timeout)
        self._process_events(found)
        found = None
        self._begin_batch(self.time() + self._clock_resolution)
        more = True
        while more:
            # The stacks that debug mode keeps tell the modes apart by the line.
            if self._debug:
                more = self._run_ready()
            else:
                more = self._run_ready()

    def _run_ready(self):
        """Runs what is left of the iteration's batch, as long as the mode stays; tells whether that has changed."""
        debug, more, changed = self._debug, True, False
        try:
            while more and not changed:
                start = self.time() if debug else None
                run = self._run_next if debug else self._run_batch
                # What goes while a handle runs is told of at the line of the call, what goes with the handle at that of
                # the assignment.
                more = \
                    run()
                if more and debug:
                    self._tell_if_slow(self.time() - start)
                # Where a callback failed, `more` is what the exception handler was told. The frame ends with it, and the
                # callback's, which the traceback keeps, keeps it.
                changed = more and (more is not True or self._debug is not debug)
        finally:
            if changed:
                self._set("failure", None)
            else:
                # An exception that leaves this keeps the frame, and what it was about: `handle` in CPython.
                handle = self._end_batch()
        handle = None       # exceptions of callbacks may keep the frame as well
        return changed

    def _tell_if_slow(self, taken):
        """In debug mode a callback that took long is told of."""
        handle = self._current_handle
        self._set("current", None)
        if taken >= self.slow_callback_duration:
            logger.warning("Executing %s took %.3f seconds", _format_handle(handle), taken)

    def run_until_complete(self, future):
        """Runs until a future is done; gives its result."""
        self._check_closed()
        self._check_running()
        new_task = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if new_task:
            # Somebody who cannot see the task cannot be blamed for its fate.
            future._log_destroy_pending = False
        future.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if new_task and future.done() and not future.cancelled():
                future.exception()          # it is raised below: not to be told of again
            raise
        finally:
            future.remove_done_callback(_run_until_complete_cb)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        """Has the loop stop after the running iteration."""
        self._note("stop")
        self._set("stopping", True)

    def close(self):
        """Drops everything; the loop cannot be used any more."""
        if self.is_running():
            self._note("close")
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            self._note("close")
            return
        if self.get_debug():
            logger.debug("Close %r", self)
        self._set("closed", True)
        self._clear()
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is not None:
            self._default_executor = None
            executor.shutdown(wait=False)

    def __del__(self, _warn=warnings.warn):
        if not self.is_closed():
            _warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    # -- exceptions

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Logs what went wrong, with everything that the context says."""
        message = context.get("message") or "Unhandled exception in event loop"
        exception = context.get("exception")
        exc_info = False if exception is None else (type(exception), exception, exception.__traceback__)
        current = self._current_handle
        if "source_traceback" not in context and current is not None and current._source_traceback:
            context["handle_traceback"] = current._source_traceback
        lines = [message]
        for key in sorted(context):
            if key in {"message", "exception"}:
                continue
            value = context[key]
            if key in ("source_traceback", "handle_traceback"):
                what = "Object" if key == "source_traceback" else "Handle"
                stack = "".join(traceback.format_list(value)).rstrip()
                lines.append(f"{key}: {what} created at (most recent call last):\n{stack}")
            else:
                lines.append(f"{key}: {value!r}")
        logger.error("\n".join(lines), exc_info=exc_info)

    def call_exception_handler(self, context):
        """Tells the exception handler, or the default one, of something that nobody else can be told of."""
        if self._exception_handler is None:
            try:
                self.default_exception_handler(context)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException:
                logger.error("Exception in default exception handler", exc_info=True)
            return
        try:
            self._call_own_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            try:
                self.default_exception_handler({
                    "message": "Unhandled error in exception handler", "exception": exc, "context": context})
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException:
                logger.error("Exception in default exception handler while handling an unexpected error "
                             "in custom exception handler", exc_info=True)

    def _call_own_handler(self, context):
        thing = context.get("task")
        if thing is None:
            thing = context.get("future")
        if thing is None:
            thing = context.get("handle")
        ctx = thing.get_context() if thing is not None and hasattr(thing, "get_context") else None
        if ctx is not None and hasattr(ctx, "run"):
            ctx.run(self._exception_handler, self, context)
        else:
            self._exception_handler(self, context)

    def set_debug(self, enabled):
        self._set("debug", bool(enabled))
        self._set("debug_given", enabled)
        if self.is_running():
            self.call_soon_threadsafe(self._set_coroutine_origin_tracking, enabled)

    def _set_coroutine_origin_tracking(self, enabled):
        """In debug mode warnings tell where a coroutine was made."""
        if bool(enabled) == bool(self._coroutine_origin_tracking_enabled):
            return
        if enabled:
            self._coroutine_origin_tracking_saved_depth = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(constants.DEBUG_STACK_DEPTH)
        else:
            sys.set_coroutine_origin_tracking_depth(self._coroutine_origin_tracking_saved_depth)
        self._coroutine_origin_tracking_enabled = enabled


for _name in ("getaddrinfo", "getnameinfo", "create_connection", "create_server", "sendfile", "start_tls",
              "create_datagram_endpoint", "connect_accepted_socket", "connect_read_pipe", "connect_write_pipe",
              "subprocess_shell", "subprocess_exec", "create_unix_connection", "create_unix_server", "add_reader",
              "remove_reader", "add_writer", "remove_writer", "sock_recv", "sock_recv_into", "sock_recvfrom",
              "sock_recvfrom_into", "sock_sendall", "sock_sendto", "sock_connect", "sock_accept", "sock_sendfile"):
    setattr(BaseEventLoop, _name, _refused(_name))
