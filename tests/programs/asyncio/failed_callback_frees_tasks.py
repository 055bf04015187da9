"""A callback that fails is told of at once. Tasks of the same iteration are not held by its traceback."""
import asyncio


async def fail():
    raise RuntimeError("broken")


def late():
    raise TimeoutError("late")


async def main():
    asyncio.get_running_loop().call_soon(late)
    task = asyncio.create_task(fail(), name="failing")
    await asyncio.wait([task])


asyncio.run(main())
print("end")
