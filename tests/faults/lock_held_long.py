import asyncio


async def fetch(lock, name):
    async with lock:                        # remark: lock held over a long wait
        print(name, "has it")
        await asyncio.sleep(2)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(fetch(lock, "a"), fetch(lock, "b"), fetch(lock, "c"))


asyncio.run(main())
