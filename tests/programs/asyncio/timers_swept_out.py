import asyncio


async def waits(name, delay):
    await asyncio.sleep(delay)


async def main():
    loop = asyncio.get_running_loop()
    for name, delay in zip('abcdefgh', (5, 3, 8, 1, 7, 2, 6, 4)):
        asyncio.create_task(waits(name, delay), name=name)
    await asyncio.sleep(0)
    timers = [loop.call_later(9, print) for _ in range(150)]
    for timer in timers:
        timer.cancel()
    await asyncio.sleep(0.5)


# At the end the tasks go in the order in which the timers stand in the heap, out of which the cancelled ones were swept.
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
