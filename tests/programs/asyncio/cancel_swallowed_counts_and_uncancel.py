import asyncio

async def stubborn():
    for _ in range(2):
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            print("no:", error.args, task.cancelling())
    print(task.uncancel(), task.uncancel(), task.uncancel())
    return "done"

async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(.1)
    print(task.cancel("one"), task.cancelling())
    await asyncio.sleep(.1)
    print(task.cancel("two"), task.cancelling())
    print(await task, task.cancelled(), task.cancel())

asyncio.run(main())
