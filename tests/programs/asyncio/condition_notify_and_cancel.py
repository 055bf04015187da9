import asyncio

async def wait(condition, name, items):
    async with condition:
        await condition.wait_for(lambda: items)
        print(name, items.pop())

async def main():
    condition, items = asyncio.Condition(), []
    tasks = [asyncio.create_task(wait(condition, name, items)) for name in "abc"]
    await asyncio.sleep(.1)
    tasks[0].cancel()
    async with condition:
        items.append(1)
        condition.notify()
    await asyncio.sleep(.1)
    async with condition:
        items.append(2)
        condition.notify_all()
    print(await asyncio.gather(*tasks, return_exceptions=True))
    try:
        condition.notify()
    except RuntimeError as error:
        print(error)

asyncio.run(main())
