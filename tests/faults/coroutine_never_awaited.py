import asyncio


async def save(item):
    await asyncio.sleep(0.1)
    print("saved", item)


class Store:
    async def flush(self):
        print("flushed")


async def main():
    save("a")                       # remark: coroutine never awaited
    pending = save("b")             # remark: coroutine never awaited
    Store().flush()                 # remark: coroutine never awaited
    asyncio.sleep(1)                # remark: coroutine never awaited
    await save("c")
    print(type(pending).__name__)


asyncio.run(main())
