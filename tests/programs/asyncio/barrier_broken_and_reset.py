import asyncio

async def wait(barrier, name):
    try:
        print(name, await barrier.wait())
    except asyncio.BrokenBarrierError:
        print(name, "broken")

async def main():
    barrier = asyncio.Barrier(2)
    await asyncio.gather(wait(barrier, "a"), wait(barrier, "b"))
    task = asyncio.create_task(wait(barrier, "c"))
    await asyncio.sleep(0)
    await barrier.reset()
    await task
    task = asyncio.create_task(wait(barrier, "d"))
    await asyncio.sleep(0)
    print(barrier.n_waiting, barrier.broken)
    await barrier.abort()
    await task
    await wait(barrier, "e")
    await barrier.reset()
    async with asyncio.TaskGroup() as group:
        group.create_task(wait(barrier, "f"))
        async with barrier as place:
            print("in", place)

asyncio.run(main())
