import asyncio

async def quick(name):
    print(name, "runs in", asyncio.current_task().get_name())
    return name

async def slow(name):
    print(name, "begins")
    await asyncio.sleep(.1)
    print(name, "ends")

async def main():
    a = asyncio.create_task(quick("a"), eager_start=True, name="A")
    print(a.done(), asyncio.current_task().get_name())
    b = asyncio.create_task(quick("b"), name="B")
    print(b.done())
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    c = asyncio.create_task(slow("c"), name="C")
    d = asyncio.create_task(quick("d"), name="D", eager_start=False)
    print(c.done(), d.done())
    await asyncio.gather(b, c, d)
    async with asyncio.TaskGroup() as group:
        group.create_task(slow("e"))
        group.create_task(quick("f"))
        print("body")

asyncio.run(main())
