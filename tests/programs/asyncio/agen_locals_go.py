# What the frame of an asynchronous generator holds goes in the step that ends it, while its task runs.
import asyncio


class Noisy:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        task = asyncio.current_task()
        print("gone", self.n, task and task.get_name())


async def ag(n):
    x = Noisy(n)
    try:
        yield 1
        yield 2
    finally:
        print("finally", n, asyncio.current_task().get_name())


async def ag2(n):
    x = Noisy(n)
    yield 1
    yield 2


async def a():
    async for i in ag("a"):
        pass
    print("a end")


async def b():
    async for i in ag("b"):
        break
    print("b end")


async def c():
    async for i in ag("c"):
        raise ValueError


async def d():
    async for i in ag2("d"):
        raise ValueError


async def f():
    g = ag("f")
    await anext(g)
    try:
        await g.athrow(KeyError)
    except KeyError:
        pass
    print("f end")


async def h():
    g = ag("h")
    await anext(g)


async def i():
    g = ag2("i")
    await anext(g)


async def j():
    async for x in ag("j"):
        await asyncio.sleep(10)


async def k():
    async for x in ag2("k"):
        await asyncio.sleep(10)


async def l():
    async with asyncio.timeout(0.1):
        async for x in ag2("l"):
            await asyncio.sleep(10)


async def gen3(n):
    x = Noisy(n)
    yield 1
    await asyncio.sleep(1)


async def m():
    async for x in gen3("m"):
        pass


async def main():
    for fn in a, b, c, d, f, h, i, j, k, l, m:
        print("--", fn.__name__)
        t = asyncio.create_task(fn())
        try:
            await asyncio.wait_for(t, 0.2)
        except BaseException as ex:
            print(type(ex).__name__)
        print("main has it")
        del t
        await asyncio.sleep(0)
        print("next")


asyncio.run(main())
