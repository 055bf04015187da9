"""A gathering future that is cancelled and waits for all children raises what the last of them, as given, says."""
import asyncio
import traceback


async def waits(event):
    try:
        await event.wait()
    except asyncio.CancelledError as e:
        print("child", e.args)
        raise


def functions(exc):
    while exc is not None:
        names = [entry.name for entry in traceback.extract_tb(exc.__traceback__) if entry.filename == __file__]
        print(" ", type(exc).__name__, exc.args, names)
        exc = exc.__cause__ or exc.__context__


async def attempt(children, message):
    gathered = asyncio.gather(*children, return_exceptions=True)
    asyncio.get_running_loop().call_later(0.1, gathered.cancel, message)
    try:
        print(await gathered)
    except asyncio.CancelledError as e:
        functions(e)


async def main():
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    print("task, future")
    await attempt([waits(event), loop.create_future()], "first")
    print("future, task")
    await attempt([loop.create_future(), waits(event)], None)
    print("task, task")
    await attempt([waits(event), waits(event)], "third")
    print("task, done")
    await attempt([waits(event), asyncio.sleep(0, "done")], "fourth")


asyncio.run(main())
