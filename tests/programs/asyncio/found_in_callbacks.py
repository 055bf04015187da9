import asyncio


async def waits(name):
    await future


async def main():
    global future
    future = loop.create_future()
    for name in 'abcd':
        asyncio.create_task(waits(name), name=name)
    await asyncio.sleep(0)


# At the end tasks go in the order in which they are found from what the program holds: of the callbacks of a future first
# the first one, then the others from the last one on.
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
