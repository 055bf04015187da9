# Shows: when what only a task's step held goes: locals as the coroutine ends, the exception that was thrown in after
# the step, the task itself before the next one runs
import asyncio


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        task = asyncio.current_task()
        print(self.name, "goes in", task.get_name() if task else "no task")


async def ends():
    local = Told("a local")
    await asyncio.sleep(0)


async def keeps_in_an_exception(future):
    local = Told("a local of a cancelled coroutine")
    try:
        await future
    finally:
        local = (local, future)


async def catches(future):
    try:
        await keeps_in_an_exception(future)
    except asyncio.CancelledError:
        print("caught in", asyncio.current_task().get_name())
    print("still in the step")
    await asyncio.sleep(0)
    print("next step")


async def fails():
    local = Told("a local of a failed task")
    raise ValueError("nobody asks")


async def other():
    print("other")
    await asyncio.sleep(0)
    print("other again")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("told:", context["message"]))
    await asyncio.gather(ends(), other())
    future = loop.create_future()
    task = asyncio.create_task(catches(future), name="catcher")
    await asyncio.sleep(0)
    task.cancel()
    await task
    task = asyncio.create_task(catches(loop.create_future()), name="early")
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, other())
    asyncio.create_task(fails(), name="failed")
    asyncio.create_task(other())
    asyncio.create_task(other())
    await asyncio.sleep(0.1)


asyncio.run(main())
