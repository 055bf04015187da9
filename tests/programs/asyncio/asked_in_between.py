"""Things that are asked while futures end and tasks begin: names of callbacks, hashes of waiters, reprs of tasks."""

import asyncio


class Proxy:
    """A callable that answers for any attribute."""

    def __init__(self, name):
        self.told = name

    def __getattr__(self, name):
        if name.startswith("_") or name == "func":
            raise AttributeError(name)
        return Proxy(f"{self.told}.{name}")

    def __call__(self, *args):
        print("called", self.told, len(args))


class Hashed(asyncio.Task):
    def __hash__(self):
        return 7

    def __eq__(self, other):
        return self is other


class Shown(asyncio.Task):
    def __repr__(self):
        return "<shown>"


async def co(n):
    await asyncio.sleep(0.1 * n)
    return n


async def callbacks():
    async def work():
        await asyncio.sleep(0.1)
        return "worked"

    task = asyncio.create_task(work())
    for name in "abc":
        task.add_done_callback(Proxy(name))
    task.add_done_callback(lambda task: print("function", task.result()))
    print(await asyncio.wait_for(task, 1))
    await asyncio.sleep(0)
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(Proxy("future"))
    future.set_result(Proxy("result"))
    await asyncio.sleep(0)


async def hashed():
    loop = asyncio.get_running_loop()
    a, b = (asyncio.create_task(co(n)) for n in (1, 2))

    async def both():
        return await asyncio.gather(a, b)

    first, second = Hashed(both()), Hashed(both())
    await asyncio.sleep(0)
    print(len(a._asyncio_awaited_by), first in a._asyncio_awaited_by)
    print(await first, await second, a._asyncio_awaited_by)

    future = loop.create_future()

    async def waits():
        return await future

    waiter = Hashed(waits())
    await asyncio.sleep(0)
    gathered = asyncio.gather(co(1), co(2), future)
    future.set_result("r")
    print(await gathered, await waiter)


async def stepped():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def waits():
        return await future

    waiting = Shown(waits())
    await asyncio.sleep(0)
    wakeup = future._callbacks[0][0]
    done = loop.create_future()
    done.set_result(None)
    try:
        wakeup(done)
    except RuntimeError as error:
        print(str(error).split(" while ")[0])
    print(asyncio.current_task() is not None)
    future.set_result("late")
    print(await waiting)


async def far():
    for delay in (1e10, 1e12, 10**18):
        try:
            async with asyncio.timeout(0.05):
                await asyncio.sleep(delay)
            print("woke", delay)
        except TimeoutError:
            print("timeout", delay)


async def entered():
    import contextvars

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(type(context["exception"]).__name__))
    context = contextvars.copy_context()
    free = contextvars.copy_context()
    loop.call_soon(print, "in a free one", context=free)
    loop.call_soon(lambda: context.run(lambda: print("inside")))
    await asyncio.sleep(0)
    print("after")


for main in (callbacks, hashed, stepped, far, entered):
    print("-", main.__name__)
    asyncio.run(main())
