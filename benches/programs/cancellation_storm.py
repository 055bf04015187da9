import asyncio


async def worker():
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)


async def main():
    for _ in range(5):
        tasks = [asyncio.create_task(worker()) for _ in range(1_000)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


asyncio.run(main())
