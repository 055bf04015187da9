import asyncio


async def fail():
    raise ValueError("nobody looks")


async def main():
    task = asyncio.create_task(fail())          # remark: exception never retrieved
    await asyncio.sleep(0.1)
    print("done:", task.done())


asyncio.run(main())
