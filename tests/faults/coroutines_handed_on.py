import asyncio
import contextlib


async def save(item):
    await asyncio.sleep(0.1)
    print("saved", item)


def retried(make):
    first, second = make(), make()
    first.close()
    return second


async def main():
    task = asyncio.create_task(save("a"))
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(save("b"), loop)
    await asyncio.wait_for(save("c"), 1)
    await retried(lambda: save("d"))
    unwanted = save("e")
    with contextlib.suppress(ValueError):
        unwanted.throw(ValueError("not today"))
    await task
    await asyncio.wrap_future(future)


asyncio.run(main())
