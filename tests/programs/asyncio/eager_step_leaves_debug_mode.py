"""The first step of an eager task ends debug mode while the task is being made."""
import asyncio
import concurrent.futures


def leave(pool_argument):
    loop.set_debug(False)
    return pool_argument


async def work():
    print("debug", loop.get_debug())
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        for result in pool.map(leave, [1, 2]):
            print("result", result)
    print("debug", loop.get_debug())
    await asyncio.sleep(0)
    return "done"


async def main():
    global loop
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    print(await asyncio.create_task(work()))


asyncio.run(main(), debug=True)
