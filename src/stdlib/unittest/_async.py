"""Test cases whose methods are coroutines, each in an event loop of its own."""

import asyncio
import contextvars
import inspect
import warnings
from unittest._case import TestCase, _enter


class IsolatedAsyncioTestCase(TestCase):
    """A test case with an event loop that lives from `asyncSetUp` to the last clean-up."""

    __module__ = "unittest.async_case"
    loop_factory = None

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._runner = None
        self._context = contextvars.copy_context()

    async def asyncSetUp(self):
        """Prepares the test."""

    async def asyncTearDown(self):
        """Clears up after the test."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """Calls a coroutine function when the test is over."""
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        """Enters an asynchronous context manager, and leaves it when the test is over."""
        cls = type(cm)
        try:
            enter, leave = cls.__aenter__, cls.__aexit__
        except AttributeError:
            name = f"{cls.__module__}.{cls.__qualname__}"
            raise TypeError(
                f"'{name}' object does not support the asynchronous context manager protocol"
            ) from None
        result = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return result

    def _call_set_up(self):
        self._runner.get_loop()
        self._context.run(self.setUp)
        self._await(self.asyncSetUp)

    def _call_test_method(self, method):
        if inspect.iscoroutinefunction(inspect.unwrap(method)) or inspect.iscoroutinefunction(method):
            result = self._await(method)
        else:
            result = self._context.run(method)
        if result is not None:
            self._warn_of_result(method, result)

    def _call_tear_down(self):
        self._await(self.asyncTearDown)
        self._context.run(self.tearDown)

    def _call_cleanup(self, function, *args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return self._await(function, *args, **kwargs)
        return self._context.run(function, *args, **kwargs)

    def _await(self, function, /, *args, **kwargs):
        return self._runner.run(function(*args, **kwargs), context=self._context)

    def run(self, result=None):
        """Runs the test in a new event loop."""
        self._runner = asyncio.Runner(debug=True, loop_factory=self.loop_factory)
        try:
            return super().run(result)
        finally:
            self._runner.close()
            self._runner = None

    def debug(self):
        """Runs the test without collecting its exceptions."""
        self._runner = asyncio.Runner(debug=True, loop_factory=self.loop_factory)
        try:
            super().debug()
        finally:
            self._runner.close()
            self._runner = None
