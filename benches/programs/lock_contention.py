import asyncio


async def worker(lock):
    for _ in range(50):
        async with lock:
            await asyncio.sleep(0)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*[worker(lock) for _ in range(100)])


asyncio.run(main())
