import asyncio


async def node(depth):
    if depth == 0:
        return 1
    return sum(await asyncio.gather(*[node(depth - 1) for _ in range(4)]))


async def main():
    assert await node(6) == 4096


asyncio.run(main())
