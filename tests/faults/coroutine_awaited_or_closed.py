import asyncio


async def save(item):
    await asyncio.sleep(0.1)
    print("saved", item)


async def main():
    coroutine = save("a")
    await coroutine
    unwanted = save("b")
    unwanted.close()
    await asyncio.gather(save("c"), save("d"))


asyncio.run(main())
