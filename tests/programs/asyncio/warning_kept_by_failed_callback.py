"""A coroutine that the frames of a failed callback hold is told of with these, after what the last exception holds."""
import asyncio

runner = asyncio.Runner()


def close_it(task):
    try:
        with runner:
            task.result()
    finally:
        loop.set_debug(True)


async def fail():
    raise KeyError("key")


async def main():
    global loop, task
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(fail())
    task.add_done_callback(close_it)
    never = asyncio.sleep(0.5)
    raise ValueError("value")


asyncio.run(main())
