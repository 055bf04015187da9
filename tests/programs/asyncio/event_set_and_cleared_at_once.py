import asyncio

async def wait(event, name):
    await event.wait()
    print(name, event.is_set())

async def main():
    event = asyncio.Event()
    waiters = [asyncio.create_task(wait(event, name)) for name in "ab"]
    await asyncio.sleep(0)
    event.set()
    event.clear()
    late = asyncio.create_task(wait(event, "late"))
    await asyncio.gather(*waiters)
    print(late.done(), event)
    event.set()
    await late

asyncio.run(main())
