# A task that its own call runs to its end, by an exception that ends programs, is gone before that exception arrives where
# the call stands: what is told of the task shows only the coroutine's line.
import asyncio
import traceback


def told(loop, context):
    entries = traceback.extract_tb(context["exception"].__traceback__)
    print(context["message"], [entry.name for entry in entries])


async def interrupted():
    raise KeyboardInterrupt


async def fails():
    raise ValueError


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(told)
    try:
        asyncio.Task(interrupted(), eager_start=True)
    except KeyboardInterrupt as exc:
        print("arrived", [entry.name for entry in traceback.extract_tb(exc.__traceback__)])
    try:
        asyncio.Task(interrupted(), loop=loop, eager_start=True, name="second")
    except KeyboardInterrupt as exc:
        print("arrived", exc.__context__)
    print(asyncio.Task(fails(), eager_start=True).done())
    try:
        asyncio.Task(None)
    except TypeError as error:
        print(error)


asyncio.run(main())
