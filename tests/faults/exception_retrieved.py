import asyncio


async def fail():
    raise ValueError("somebody looks")


def report(task):
    print("callback:", task.exception())


async def main():
    task = asyncio.create_task(fail())
    task.add_done_callback(report)
    await asyncio.sleep(0.1)
    other = asyncio.create_task(fail())
    try:
        await other
    except ValueError as error:
        print("caught:", error)


asyncio.run(main())
