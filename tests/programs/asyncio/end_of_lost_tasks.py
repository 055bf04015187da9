"""What a loop that was left still had to run goes in the order of its queue; what a frame holds, in that of its variables."""

import asyncio
import contextlib


async def waits(seconds):
    await asyncio.sleep(seconds)


async def fails():
    raise KeyError("key")


async def holds():
    with contextlib.nullcontext(waits(1)) as never:
        task = asyncio.create_task(fails())
    later = waits(2)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    raise ValueError("of main")


async def main():
    global kept, lost
    kept = asyncio.create_task(holds())
    for _ in range(4):
        await asyncio.sleep(0)
    lost = [asyncio.create_task(waits(seconds)) for seconds in (3, 4, 5)]


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
print("end")
