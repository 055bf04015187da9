import asyncio

async def fail(seconds):
    await asyncio.sleep(seconds)
    raise ValueError(seconds)

async def main():
    task = asyncio.create_task(asyncio.sleep(.1, "once"))
    print(await asyncio.gather(task, task))
    try:
        await asyncio.gather(fail(.1), fail(.2), asyncio.sleep(.3))
    except ValueError as error:
        print("first", error)
    await asyncio.sleep(.3)
    gathered = asyncio.gather(asyncio.sleep(1), asyncio.sleep(2))
    asyncio.get_running_loop().call_later(.1, gathered.cancel, "all")
    try:
        await gathered
    except asyncio.CancelledError as error:
        print(error.args, gathered.cancelled())
    print(await asyncio.gather())

asyncio.run(main())
