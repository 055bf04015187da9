import asyncio

async def work():
    await asyncio.sleep(.3)
    print("work is done")
    return 1

async def wait(task):
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        print("the waiter is cancelled", task.done())
        raise

async def main():
    task = asyncio.create_task(work())
    waiter = asyncio.create_task(wait(task))
    await asyncio.sleep(.1)
    waiter.cancel()
    print((await asyncio.gather(waiter, return_exceptions=True)))
    print(await task)
    try:
        await asyncio.wait_for(asyncio.shield(asyncio.sleep(.2)), .1)
    except TimeoutError:
        print("late")

asyncio.run(main())
