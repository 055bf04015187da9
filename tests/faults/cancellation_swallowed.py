import asyncio


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:          # remark: cancellation swallowed
        print("never mind")
    return "a value"


async def broad():
    try:
        await asyncio.sleep(10)
    except BaseException:                   # remark: cancellation swallowed
        pass


async def main():
    for work in (stubborn(), broad()):
        task = asyncio.create_task(work)
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.wait([task])
        print(task.cancelled())


asyncio.run(main())
