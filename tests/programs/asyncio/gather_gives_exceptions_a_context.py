# Shows: what a gathering future raises into a task has what the loop's caller handles as its context; a plain future's
# exception has not, a cancellation has
import asyncio


async def waits(future, what):
    try:
        await future
    except BaseException as exc:
        print(f"{what}: {exc!r}, context {exc.__context__!r}")


async def around(future, what):
    await waits(future, what)


async def gathers(what):
    await waits(asyncio.gather(asyncio.sleep(1)), what)


async def turns():
    await asyncio.sleep(0.01)


loop = asyncio.new_event_loop()


def handled(end, coroutine):
    task = loop.create_task(coroutine)
    loop.run_until_complete(turns())
    try:
        raise KeyError("handled")
    except KeyError:
        end(task)
        loop.run_until_complete(turns())


for waiting in waits, around:
    future = loop.create_future()
    handled(lambda task: future.set_exception(ValueError("set")), waiting(future, "exception"))
    future = loop.create_future()
    handled(lambda task: future.set_exception(asyncio.CancelledError("set")), waiting(future, "cancellation set"))
    future = loop.create_future()
    handled(lambda task: future.cancel(), waiting(future, "future cancelled"))
    handled(lambda task: task.cancel(), waiting(loop.create_future(), "task cancelled"))
handled(lambda task: task.cancel(), gathers("gather cancelled"))
loop.close()
