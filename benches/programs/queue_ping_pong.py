import asyncio


async def player(inbox, outbox):
    for _ in range(10_000):
        await outbox.put(await inbox.get())


async def main():
    here, there = asyncio.Queue(), asyncio.Queue()
    await here.put("ball")
    await asyncio.gather(player(here, there), player(there, here))


asyncio.run(main())
