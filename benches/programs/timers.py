import asyncio


async def worker(number):
    for turn in range(5):
        await asyncio.sleep((number * 7 + turn) % 100 / 10_000)


async def main():
    await asyncio.gather(*[worker(number) for number in range(2_000)])


asyncio.run(main())
