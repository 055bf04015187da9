"""Turns of loops in several threads, with contexts, a time limit and a task that is cancelled between turns."""
import asyncio
import contextvars
import threading

step = contextvars.ContextVar("step", default=0)


async def count(name, turns):
    for turn in range(turns):
        step.set(step.get() + 1)
        await asyncio.sleep(0)
    return name, step.get()


async def until_cancelled():
    turns = 0
    try:
        while True:
            await asyncio.sleep(0)
            turns += 1
    except asyncio.CancelledError:
        print("cancelled after", turns)
        raise


async def main(name):
    print(await asyncio.gather(count(name + "1", 3), count(name + "2", 2)))
    task = asyncio.create_task(until_cancelled())
    for _ in range(4):
        await asyncio.sleep(0)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))
    try:
        async with asyncio.timeout(0):
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            print("not reached")
    except TimeoutError:
        print("time limit")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(until_cancelled())
            await asyncio.sleep(0)
            raise KeyError(name)
    except* KeyError as error:
        print(error.exceptions)


threads = [threading.Thread(target=asyncio.run, args=[main(name)], name=name) for name in "ab"]
for thread in threads:
    thread.start()
    thread.join()
asyncio.run(main("c"))
