import asyncio


async def fetch(lock, name):
    await asyncio.sleep(2)
    async with lock:
        await asyncio.sleep(0.01)
        print(name)


async def alone(lock):
    async with lock:
        await asyncio.sleep(5)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(fetch(lock, "a"), fetch(lock, "b"), fetch(lock, "c"))
    await alone(lock)


asyncio.run(main())
