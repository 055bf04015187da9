# Ten thousand coroutines wait at the same time, all
# in one thread. What do they take? See Memory.
import asyncio


async def customer():
    await asyncio.sleep(60)


async def main():
    async with asyncio.TaskGroup() as shop:
        for _ in range(10_000):
            shop.create_task(customer())
    print("10,000 coroutines have waited together")


asyncio.run(main())
