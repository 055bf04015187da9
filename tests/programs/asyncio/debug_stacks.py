"""In debug mode futures keep their whole stack, handles the ten innermost calls, among them some of the loop's own."""
import asyncio


def show(what, made):
    stack = made._source_traceback
    print(what, len(stack), [frame.name for frame in stack if frame.filename == __file__])


async def nothing():
    await asyncio.sleep(0)


async def inner(depth):
    if depth:
        return await inner(depth - 1)
    loop = asyncio.get_running_loop()
    show("create_task", asyncio.create_task(nothing()))
    show("ensure_future", asyncio.ensure_future(nothing()))
    show("loop.create_task", loop.create_task(nothing()))
    show("Task", asyncio.Task(nothing()))
    show("create_future", loop.create_future())
    show("Future", asyncio.Future())
    show("gather", asyncio.gather(nothing(), nothing()))
    show("shield", asyncio.shield(nothing()))
    show("call_soon", loop.call_soon(print))
    show("call_later", loop.call_later(0, print))
    show("call_at", loop.call_at(0, print))
    show("call_soon_threadsafe", loop.call_soon_threadsafe(print))
    show("Handle", asyncio.Handle(print, (), loop))
    async with asyncio.TaskGroup() as group:
        show("TaskGroup", group.create_task(nothing()))


async def main():
    await inner(0)
    await inner(4)


asyncio.run(main(), debug=True)
