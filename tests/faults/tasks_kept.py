import asyncio

background = set()


async def work(seconds):
    await asyncio.sleep(seconds)


async def main():
    task = asyncio.create_task(work(0.1))
    background.add(task)
    task.add_done_callback(background.discard)
    async with asyncio.TaskGroup() as group:
        group.create_task(work(0.2))
        group.create_task(work(0.3))
    asyncio.create_task(work(0.1), name="found by all_tasks")
    await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})


asyncio.run(main())
