import asyncio
import gc


async def leave():
    kept = asyncio.Task(asyncio.sleep(1))
    gc.collect()


async def leave_two():
    await leave()
    await leave()


async def main():
    await asyncio.gather(leave_two(), leave())


# The tasks that nobody waits for are destroyed in the order in which the collections have put them.
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
