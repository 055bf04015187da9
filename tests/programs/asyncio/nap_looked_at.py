"""A coroutine in asyncio.sleep(0), looked at from outside, driven by hand, thrown into, closed and collected."""
import asyncio
import gc
import inspect
import sys
import traceback
import types


async def work(name, turns=3):
    for turn in range(turns):
        await asyncio.sleep(0)
    return name


def awaited(coro):
    names = []
    while coro is not None and hasattr(coro, "cr_await") | hasattr(coro, "gi_yieldfrom"):
        names.append(coro.__qualname__)
        coro = coro.cr_await if isinstance(coro, types.CoroutineType) else coro.gi_yieldfrom
    return names


def places(error):
    return [frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)]


async def from_outside():
    task = asyncio.create_task(work("a"))
    await asyncio.sleep(0)
    coro = task.get_coro()
    print(awaited(coro), coro.cr_await is coro.cr_await)
    inner = coro.cr_await
    print(inspect.getcoroutinestate(inner), inspect.getgeneratorstate(inner.cr_await))
    print(inner.cr_frame.f_locals, inner.cr_frame.f_code.co_name, inner.cr_origin, inner.cr_running)
    print(len(task.get_stack()), task.get_stack()[0].f_code.co_name)
    graph = asyncio.capture_call_graph(task)
    print([entry.frame.f_code.co_name for entry in graph.call_stack])
    print(await task)


async def cancelled():
    task = asyncio.create_task(work("b"))
    await asyncio.sleep(0)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args, [name for name in places(error) if name in ("work", "sleep", "__sleep0")])


def by_hand():
    coro = work("c", 2)
    print(coro.send(None), coro.send("ignored"))
    try:
        coro.send(None)
    except StopIteration as stop:
        print("returned", stop.value)
    coro = work("d")
    coro.send(None)
    try:
        coro.throw(KeyError("thrown"))
    except KeyError as error:
        print(places(error))
    coro = work("e")
    coro.send(None)
    print(coro.close(), inspect.getcoroutinestate(coro))


class Node:
    pass


def lost():
    node = Node()
    node.coro = work("f")
    node.coro.send(None)
    node.self = node
    print(inspect.getcoroutinestate(node.coro), len(awaited(node.coro)))
    del node
    print(gc.collect() > 0)


class Waits:
    def __await__(self):
        return asyncio.sleep(0).__await__()


async def other_ways():
    coro = asyncio.sleep(0)
    print(type(coro).__name__, coro.__qualname__)
    print(await coro, await Waits(), await asyncio.sleep(0, "result"), await asyncio.sleep(-1), await asyncio.sleep(0.0))
    print(await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2)))
    print(await asyncio.sleep(delay=0), await (
        asyncio
        .sleep(
            0)))
    sys.set_coroutine_origin_tracking_depth(2)
    task = asyncio.create_task(work("g"))
    await asyncio.sleep(0)
    print(task.get_coro().cr_await.cr_origin[0][2])
    sys.set_coroutine_origin_tracking_depth(0)
    print(await task)


gc.disable()
asyncio.run(from_outside())
asyncio.run(cancelled())
by_hand()
lost()
asyncio.run(other_ways())
