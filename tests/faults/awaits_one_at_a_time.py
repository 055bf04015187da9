import asyncio


async def pages(start):
    page = start
    while page < 3:
        await asyncio.sleep(0.1)
        page += 1
        yield page


async def step(log, name):
    await asyncio.sleep(0.1)
    log.append(name)


async def save(page):
    await asyncio.sleep(0.1)
    return page


async def main():
    log = []
    await step(log, "open")
    await step(log, "write")
    await step(log, "close")
    async for page in pages(0):
        saved = await save(page)
        print(saved)
    attempts = 0
    while attempts < 2:
        answer = await save(attempts)
        attempts += 1
    first = await save(1)
    second = await save(first + 1)
    print(log, answer, second)


asyncio.run(main())
