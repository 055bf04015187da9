import asyncio


async def fetch(name):
    await asyncio.sleep(1)
    return name


async def quick(name):
    return name


async def main():
    user = await fetch("user")
    news = await fetch(user)
    print(news)
    first = await fetch("first")
    print(first)
    second = await fetch("second")
    a = await quick("a")
    b = await quick("b")
    print(second, a, b)
    await asyncio.sleep(1)
    await asyncio.sleep(1)
    latest = ""
    for _ in range(3):
        latest += await fetch(latest)
    print(await asyncio.gather(*[fetch(name) for name in "abc"]))
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    one = await queue.get()
    two = await queue.get()
    print(one, two)


asyncio.run(main())
