import asyncio


async def consume(condition, items):
    async with condition:
        await condition.wait_for(lambda: items)
        print("got", items.pop())


async def produce(condition, items):
    for number in range(2):
        await asyncio.sleep(2)
        async with condition:
            items.append(number)
            condition.notify()


async def main():
    condition, items = asyncio.Condition(), []
    async with asyncio.TaskGroup() as group:
        group.create_task(consume(condition, items))
        group.create_task(consume(condition, items))
        group.create_task(produce(condition, items))
    limit = asyncio.Semaphore(2)
    async with limit:
        await asyncio.sleep(2)


asyncio.run(main())
