"""Callbacks that cannot be called as they are: the traceback has only the loop's own frames."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    event, future = asyncio.Event(), loop.create_future()
    loop.call_soon(event.set, 1)
    loop.call_soon(future.done, 1)
    loop.call_soon(loop.time, 1)
    loop.call_soon(loop.call_later, 1)
    loop.call_soon(asyncio.current_task().get_stack, 1)
    await asyncio.sleep(0)
    print(asyncio.current_task().done.__qualname__, future.done.__qualname__)


asyncio.run(main())
