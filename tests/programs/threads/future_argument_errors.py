# Methods of futures, tasks and loops, given arguments of the wrong number or name.
import asyncio


def tell(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tell(lambda: future.set_result())
    tell(lambda: future.set_result(1, 2))
    tell(lambda: future.set_result(result=1))
    tell(lambda: future.set_exception())
    tell(lambda: future.set_exception(1, 2))
    tell(lambda: future.remove_done_callback())
    tell(lambda: future.remove_done_callback(1, 2))
    tell(lambda: future.remove_done_callback(fn=1))
    tell(lambda: future.add_done_callback())
    tell(lambda: future.add_done_callback(1, 2))
    tell(lambda: future.add_done_callback(fn=1))
    tell(lambda: future.add_done_callback(print, wait=1))
    tell(lambda: future.result(1))
    tell(lambda: future.cancel(reason=1))
    tell(lambda: asyncio.Future(1))
    tell(lambda: asyncio.Future(result=1))
    tell(lambda: loop.call_soon(print, wait=1))
    tell(lambda: loop.call_later(1, print, wait=1))
    tell(lambda: loop.call_at(1, print, wait=1))
    tell(lambda: loop.call_soon_threadsafe(print, wait=1))
    tell(lambda: loop.create_task())
    tell(lambda: asyncio.current_task().set_name())
    tell(lambda: asyncio.current_task().uncancel(1))
    tell(lambda: asyncio.current_task().cancel(1, 2))


asyncio.run(main())
