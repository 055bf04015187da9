"""Asynchronous mocks, in a test case with an event loop of its own."""

import asyncio
import inspect
import unittest
from unittest.mock import AsyncMock, MagicMock, Mock, call, create_autospec, patch


class Service:
    async def fetch(self, key, timeout=1):
        await asyncio.sleep(timeout)
        return key

    def close(self):
        return "closed"


async def load(service, keys):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(service.fetch(key)) for key in keys]
    return [task.result() for task in tasks]


async def retry(operation, times):
    for attempt in range(times):
        try:
            return await operation()
        except OSError as error:
            print("attempt", attempt, error)
            await asyncio.sleep(2**attempt)
    raise TimeoutError("gave up")


class TestService(unittest.IsolatedAsyncioTestCase):
    async def test_results(self):
        service = AsyncMock(spec=Service)
        service.fetch.side_effect = lambda key: key.upper()
        self.assertEqual(await load(service, ["a", "b"]), ["A", "B"])
        service.fetch.assert_has_awaits([call("a"), call("b")])
        self.assertEqual((service.fetch.await_count, service.fetch.call_count), (2, 2))
        self.assertIsInstance(service.close, MagicMock)
        self.assertIsInstance(Mock(spec=Service).fetch, AsyncMock)

    async def test_effects_one_after_the_other(self):
        operation = AsyncMock(side_effect=[OSError("first"), OSError("second"), "done"])
        with patch("asyncio.sleep", new_callable=AsyncMock) as sleep:
            self.assertEqual(await retry(operation, 5), "done")
        self.assertEqual(sleep.await_args_list, [call(1), call(2)])
        with self.assertRaises(StopAsyncIteration):
            await operation()

    async def test_real_side_effect(self):
        async def slow(value):
            await asyncio.sleep(0.5)
            return value + 1

        mock = AsyncMock(side_effect=slow)
        self.assertEqual(await asyncio.gather(mock(1), mock(2)), [2, 3])
        never = mock(3)
        self.assertEqual((mock.call_count, mock.await_count), (3, 2))
        never.close()

    async def test_context_managers_and_iterators(self):
        mock = MagicMock()
        mock.__aenter__.return_value = "entered"
        mock.__aiter__.return_value = [1, 2, 3]
        async with mock as value:
            self.assertEqual(value, "entered")
        self.assertEqual([item async for item in mock], [1, 2, 3])
        mock.__aexit__.assert_awaited_once_with(None, None, None)

    async def test_specified(self):
        service = create_autospec(Service, instance=True)
        service.fetch.return_value = 5
        self.assertEqual(await service.fetch("k", timeout=2), 5)
        service.fetch.assert_awaited_once_with("k", 2)
        with self.assertRaises(TypeError) as caught:
            service.fetch()
        print(caught.exception)

    @patch(f"{__name__}.load", return_value=["patched"])
    async def test_patched(self, mocked):
        self.assertEqual(await load(None, None), ["patched"])
        mocked.assert_awaited_once()
        print(type(mocked).__name__, inspect.iscoroutinefunction(Service().fetch))

    async def test_assertions(self):
        mock = AsyncMock(name="job")
        for check in (
            mock.assert_awaited,
            mock.assert_awaited_once,
            lambda: mock.assert_awaited_with(1),
            lambda: mock.assert_any_await(1),
            lambda: mock.assert_has_awaits([call(1)]),
        ):
            with self.assertRaises(AssertionError) as caught:
                check()
            print(caught.exception)
        await mock(2)
        for check in (mock.assert_not_awaited, lambda: mock.assert_awaited_once_with(1)):
            with self.assertRaises(AssertionError) as caught:
                check()
            print(caught.exception)


if __name__ == "__main__":
    unittest.main(verbosity=2)
