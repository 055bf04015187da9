"""Asking a future again for its exception begins a new traceback. What the old one held goes before it is raised anew."""
import asyncio


class Told:
    def __init__(self, task):
        self.task = task

    def __del__(self):
        error = self.task.exception()
        print("gone", repr(error.__context__), error.__traceback__)


async def fail():
    raise RuntimeError("broken")


async def ask(task):
    told = Told(task)
    try:
        await task
    except RuntimeError as error:
        print("first", repr(error.__context__))


async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await ask(task)
    try:
        raise ValueError("other")
    except ValueError:
        try:
            await task
        except RuntimeError as error:
            print("second", repr(error.__context__))


asyncio.run(main())
