"""A task that is to be told of a mistake is cancelled before: the cancellation made for that goes within its step."""
import asyncio


class Told:
    def __del__(self):
        try:
            task = asyncio.current_task()
        except RuntimeError:
            task = None
        print("gone in", task and task.get_name())


async def await_itself():
    try:
        told = Told()
        await asyncio.current_task()
    except BaseException as error:
        print(type(error).__name__)


async def main(steps):
    task = asyncio.create_task(await_itself(), name="itself")
    for _ in range(steps):
        await asyncio.sleep(0)


asyncio.run(main(1))
asyncio.run(main(3))
