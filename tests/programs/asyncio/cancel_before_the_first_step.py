import asyncio

async def never():
    print("never printed")

async def main():
    task = asyncio.create_task(never())
    print(task.cancel("early"), task.done(), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print(error.args, task.cancelled())
    done = asyncio.create_task(asyncio.sleep(0))
    await done
    print(done.cancel(), done.cancelled())

asyncio.run(main())
