# time.sleep blocks the thread, and with it the loop:
# the clock ticks each second, but its first is late.
# Repair it: await asyncio.sleep(2.5) in line 18.
import asyncio
import time


async def clock():
    loop = asyncio.get_running_loop()
    start = loop.time()
    for _ in range(4):
        await asyncio.sleep(1)
        print(f"tick after {loop.time() - start:.1f} s")


async def report():
    await asyncio.sleep(0.8)
    time.sleep(2.5)  # nobody else can run now
    print("report written")


async def main():
    await asyncio.gather(clock(), report())


asyncio.run(main())
