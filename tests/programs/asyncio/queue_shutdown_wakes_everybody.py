import asyncio

async def get(queue, name):
    try:
        print(name, await queue.get())
    except asyncio.QueueShutDown:
        print(name, "shut down")

async def put(queue, value):
    try:
        await queue.put(value)
        print("put", value)
    except asyncio.QueueShutDown:
        print("not put", value)

async def main():
    for immediate in (False, True):
        empty, full = asyncio.Queue(), asyncio.Queue(1)
        full.put_nowait(0)
        async with asyncio.TaskGroup() as group:
            group.create_task(get(empty, "a"))
            group.create_task(get(empty, "b"))
            group.create_task(put(full, 1))
            await asyncio.sleep(.1)
            empty.shutdown(immediate)
            full.shutdown(immediate)
        print(full.qsize(), full)
        await get(full, "rest")
        await get(full, "rest")

asyncio.run(main())
