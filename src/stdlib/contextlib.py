"""Helpers for `with` and `async with`: context managers from generators, exit stacks, redirection."""

import abc
import sys
from collections import deque
from functools import wraps
from types import GenericAlias, MethodType

__all__ = [
    "asynccontextmanager",
    "contextmanager",
    "closing",
    "nullcontext",
    "AbstractContextManager",
    "AbstractAsyncContextManager",
    "AsyncExitStack",
    "ContextDecorator",
    "ExitStack",
    "redirect_stdout",
    "redirect_stderr",
    "suppress",
    "aclosing",
    "chdir",
]


def _defines(cls, *names):
    """Does the class define all of these methods and disable none?"""
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class AbstractContextManager(abc.ABC):
    """What has `__enter__` and `__exit__`."""

    __class_getitem__ = classmethod(GenericAlias)
    __slots__ = ()

    def __enter__(self):
        """Return `self` upon entering the runtime context."""
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """Raise any exception triggered within the runtime context."""
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractContextManager:
            return _defines(C, "__enter__", "__exit__")
        return NotImplemented


class AbstractAsyncContextManager(abc.ABC):
    """What has `__aenter__` and `__aexit__`."""

    __class_getitem__ = classmethod(GenericAlias)
    __slots__ = ()

    async def __aenter__(self):
        """Return `self` upon entering the runtime context."""
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """Raise any exception triggered within the runtime context."""
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractAsyncContextManager:
            return _defines(C, "__aenter__", "__aexit__")
        return NotImplemented


class ContextDecorator:
    """Lets a context manager be used as a decorator as well."""

    def _recreate_cm(self):
        """The context manager for one call of the decorated function."""
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class AsyncContextDecorator:
    """Lets an asynchronous context manager be used as a decorator as well."""

    def _recreate_cm(self):
        """The context manager for one call of the decorated function."""
        return self

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return inner


class _FromGenerator:
    """What the context managers made from generators share."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        doc = getattr(func, "__doc__", None)
        if doc is None:
            doc = type(self).__doc__
        self.__doc__ = doc

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    def _forget_call(self):
        """What the generator was made from must not live as long as the context."""
        del self.args, self.kwds, self.func


def _is_wrapped(error, value, kinds):
    """Is `error` the RuntimeError that a generator makes of the thrown `value`?"""
    return isinstance(value, kinds) and error.__cause__ is value


class _GeneratorContextManager(
    _FromGenerator, AbstractContextManager, ContextDecorator
):
    """Helper for @contextmanager decorator."""

    def __enter__(self):
        self._forget_call()
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            return self._finish()
        if value is None:
            value = typ()
        try:
            self.gen.throw(value)
        except StopIteration as error:
            # The generator handled the exception, unless what it raised is the very one.
            return error is not value
        except RuntimeError as error:
            if error is not value and not _is_wrapped(error, value, StopIteration):
                raise
            value.__traceback__ = traceback
            return False
        except BaseException as error:
            if error is not value:
                raise
            error.__traceback__ = traceback
            return False
        try:
            raise RuntimeError("generator didn't stop after throw()")
        finally:
            self.gen.close()

    def _finish(self):
        try:
            next(self.gen)
        except StopIteration:
            return False
        try:
            raise RuntimeError("generator didn't stop")
        finally:
            self.gen.close()


class _AsyncGeneratorContextManager(
    _FromGenerator, AbstractAsyncContextManager, AsyncContextDecorator
):
    """Helper for @asynccontextmanager decorator."""

    async def __aenter__(self):
        self._forget_call()
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            return await self._finish()
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as error:
            return error is not value
        except RuntimeError as error:
            kinds = (StopIteration, StopAsyncIteration)
            if error is not value and not _is_wrapped(error, value, kinds):
                raise
            value.__traceback__ = traceback
            return False
        except BaseException as error:
            if error is not value:
                raise
            error.__traceback__ = traceback
            return False
        try:
            raise RuntimeError("generator didn't stop after athrow()")
        finally:
            await self.gen.aclose()

    async def _finish(self):
        try:
            await anext(self.gen)
        except StopAsyncIteration:
            return False
        try:
            raise RuntimeError("generator didn't stop")
        finally:
            await self.gen.aclose()


def contextmanager(func):
    """Makes a factory of context managers from a generator function that yields once."""

    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper


def asynccontextmanager(func):
    """Makes a factory of asynchronous context managers from an asynchronous generator function."""

    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper


class closing(AbstractContextManager):
    """Calls `thing.close()` at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Awaits `thing.aclose()` at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class _RedirectStream(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        # A stack, since the same object can be entered again.
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Sends what the block prints to another file object."""

    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Sends what the block writes to stderr to another file object."""

    _stream = "stderr"


class suppress(AbstractContextManager):
    """Ends the block quietly when one of the given exceptions is raised in it."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return None
        if issubclass(exctype, self._exceptions):
            return True
        if issubclass(exctype, BaseExceptionGroup):
            matching, rest = excinst.split(self._exceptions)
            if rest is None:
                return True
            raise rest
        return False


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Does nothing; stands in where a context manager is optional."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo):
        pass


class chdir(AbstractContextManager):
    """There are no folders to change into here."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        from _loopscope import unsupported

        unsupported("contextlib.chdir: programs have no file system")

    def __exit__(self, *excinfo):
        pass


def _class_name(obj):
    cls = type(obj)
    return f"{cls.__module__}.{cls.__qualname__}"


def _lookup(obj, *names, protocol):
    """Special methods from the class of `obj`; TypeError when it lacks one."""
    cls = type(obj)
    try:
        return [getattr(cls, name) for name in names]
    except AttributeError:
        raise TypeError(
            f"'{_class_name(obj)}' object does not support the {protocol} protocol"
        ) from None


class _BaseExitStack:
    """The callbacks of an exit stack; each is stored as (is synchronous, function)."""

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Moves the callbacks to a new stack, which then has to be closed."""
        stack = type(self)()
        stack._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = deque()
        return stack

    def push(self, exit):
        """Registers an object with `__exit__`, or a function with the arguments of one."""
        try:
            method = type(exit).__exit__
        except AttributeError:
            self._push_exit_callback(exit)
        else:
            self._push_exit_callback(MethodType(method, exit))
        return exit

    def enter_context(self, cm):
        """Enters a context manager now and leaves it when the stack is closed."""
        enter, exit = _lookup(cm, "__enter__", "__exit__", protocol="context manager")
        result = enter(cm)
        self._push_exit_callback(MethodType(exit, cm))
        return result

    def callback(self, callback, /, *args, **kwds):
        """Registers any function with its arguments; it cannot suppress exceptions."""
        self._push_exit_callback(self._create_cb_wrapper(callback, *args, **kwds))
        return callback

    @staticmethod
    def _create_cb_wrapper(callback, /, *args, **kwds):
        def _exit_wrapper(exc_type, exc, tb):
            callback(*args, **kwds)

        _exit_wrapper.__wrapped__ = callback
        return _exit_wrapper

    def _push_exit_callback(self, callback, is_sync=True):
        self._exit_callbacks.append((is_sync, callback))


class _Unwinding:
    """The exception that is on its way while an exit stack runs its callbacks."""

    def __init__(self, exception, outer):
        self.current = exception
        self.outer = outer
        self.received = exception is not None
        self.suppressed = False
        self.replaced = False

    def details(self):
        exception = self.current
        if exception is None:
            return None, None, None
        return type(exception), exception, exception.__traceback__

    def swallow(self):
        """A callback said that the exception is handled."""
        self.current = None
        self.suppressed = True
        self.replaced = False

    def replace(self, raised):
        """A callback raised; nested `with` statements would give it this context."""
        link = raised
        while True:
            context = link.__context__
            if context is None or context is self.current:
                break
            if context is self.outer:
                link.__context__ = self.current
                break
            link = context
        self.current = raised
        self.replaced = True

    def result(self):
        if self.replaced:
            context = self.current.__context__
            try:
                raise self.current
            except BaseException:
                self.current.__context__ = context
                raise
        return self.received and self.suppressed


class ExitStack(_BaseExitStack, AbstractContextManager):
    """A `with` block whose context managers are added while it runs."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        unwinding = _Unwinding(exc_details[1], sys.exception())
        while self._exit_callbacks:
            _, callback = self._exit_callbacks.pop()
            try:
                if callback(*unwinding.details()):
                    unwinding.swallow()
            except BaseException as raised:
                unwinding.replace(raised)
        return unwinding.result()

    def close(self):
        """Runs the callbacks now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """An `async with` block whose context managers are added while it runs."""

    async def enter_async_context(self, cm):
        """Enters an asynchronous context manager now and leaves it when the stack is closed."""
        enter, exit = _lookup(
            cm, "__aenter__", "__aexit__", protocol="asynchronous context manager"
        )
        result = await enter(cm)
        self._push_exit_callback(MethodType(exit, cm), False)
        return result

    def push_async_exit(self, exit):
        """Registers an object with `__aexit__`, or a coroutine function with the arguments of one."""
        try:
            method = type(exit).__aexit__
        except AttributeError:
            self._push_exit_callback(exit, False)
        else:
            self._push_exit_callback(MethodType(method, exit), False)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        """Registers any coroutine function with its arguments; it cannot suppress exceptions."""
        self._push_exit_callback(self._create_async_cb_wrapper(callback, *args, **kwds), False)
        return callback

    @staticmethod
    def _create_async_cb_wrapper(callback, /, *args, **kwds):
        async def _exit_wrapper(exc_type, exc, tb):
            await callback(*args, **kwds)

        _exit_wrapper.__wrapped__ = callback
        return _exit_wrapper

    async def aclose(self):
        """Runs the callbacks now."""
        await self.__aexit__(None, None, None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        unwinding = _Unwinding(exc_details[1], sys.exception())
        while self._exit_callbacks:
            is_sync, callback = self._exit_callbacks.pop()
            try:
                result = callback(*unwinding.details())
                if not is_sync:
                    result = await result
                if result:
                    unwinding.swallow()
            except BaseException as raised:
                unwinding.replace(raised)
        return unwinding.result()
