"""A loop that is given a call_soon of its own: tasks and futures schedule through it."""

import asyncio


async def work(name):
    await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    return name


async def main():
    loop = asyncio.get_running_loop()
    plain, calls = loop.call_soon, []

    def counting(callback, *args, context=None):
        calls.append(getattr(callback, "__name__", "step"))
        return plain(callback, *args, context=context)

    before = asyncio.create_task(work("before"))
    await asyncio.sleep(0)
    loop.call_soon = counting
    print(await asyncio.gather(before, work("first"), work("second")))
    del loop.call_soon
    print(len(calls) > 5)
    seen = len(calls)
    print(await asyncio.create_task(work("after")), len(calls) == seen)

    def refuse(callback, *args, context=None):
        raise ValueError("no more calls")

    loop.call_soon = refuse
    coroutine = work("never")
    try:
        asyncio.Task(coroutine, loop=loop)
    except ValueError as error:
        print("refused:", error)
    coroutine.close()
    del loop.call_soon


asyncio.run(main())
