import asyncio
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def resize(seconds):
    time.sleep(seconds)
    return "small"


async def tick():
    for _ in range(8):
        await asyncio.sleep(0.1)


def produce(items):
    time.sleep(0.3)
    items.put("item")


async def main():
    ticking = asyncio.create_task(tick())
    items = queue.Queue()
    threading.Thread(target=produce, args=(items,)).start()
    await asyncio.sleep(0.1)
    print(items.get())              # remark: blocking call in the event loop
    with ThreadPoolExecutor() as pool:
        future = pool.submit(resize, 0.2)
        print(future.result())      # remark: blocking call in the event loop
    await ticking


asyncio.run(main())
