import asyncio

def show(graph, depth=0):
    name = graph.future.get_name() if isinstance(graph.future, asyncio.Task) else type(graph.future).__name__
    frames = [entry.frame.f_code.co_qualname for entry in graph.call_stack]
    print("  " * depth + name, frames)
    for outer in graph.awaited_by:
        show(outer, depth + 1)

async def leaf(event):
    await event.wait()

async def middle(event):
    await leaf(event)

async def inside():
    show(asyncio.capture_call_graph())
    show(asyncio.capture_call_graph(limit=1))
    show(asyncio.capture_call_graph(limit=-1))
    show(asyncio.capture_call_graph(limit=0))

async def main():
    event = asyncio.Event()
    task = asyncio.create_task(middle(event), name="middle")
    waiter = asyncio.create_task(asyncio.wait([task]), name="waiter")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    show(asyncio.capture_call_graph(task))
    async with asyncio.TaskGroup() as group:
        group.create_task(inside(), name="inside")
    event.set()
    await waiter
    show(asyncio.capture_call_graph(task))

asyncio.run(main())
