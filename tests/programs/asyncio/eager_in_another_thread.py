# Shows: an eager task can only begin in the thread that runs its loop
import asyncio


async def child():
    print("child")


def job(loop):
    coroutine = child()
    try:
        asyncio.Task(coroutine, loop=loop, eager_start=True)
    except RuntimeError as exc:
        print(exc)
    coroutine.close()


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"]))
    await asyncio.to_thread(job, loop)
    await asyncio.Task(child(), loop=loop, eager_start=True)
    loop.set_debug(4)
    print(loop.get_debug(), loop)
    loop.set_debug(0)
    print(loop.get_debug())


asyncio.run(main())
