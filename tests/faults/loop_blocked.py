import asyncio
import threading
import time


async def tick():
    for _ in range(3):
        await asyncio.sleep(0.2)
        print("tick")


def slow():
    time.sleep(0.5)


async def main():
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.1)
    time.sleep(0.3)                         # remark: blocking call in the event loop
    thread = threading.Thread(target=slow)
    thread.start()
    thread.join()                           # remark: blocking call in the event loop
    await ticking


asyncio.run(main())
