import asyncio
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def resize(seconds):
    time.sleep(seconds)
    return "small"


def produce(items):
    for number in range(3):
        time.sleep(0.1)
        items.put(number)


async def main():
    loop = asyncio.get_running_loop()
    items = queue.Queue()
    thread = threading.Thread(target=produce, args=(items,))
    thread.start()
    for _ in range(3):
        print(await loop.run_in_executor(None, items.get))
    pool = ThreadPoolExecutor()
    print(await asyncio.wrap_future(pool.submit(resize, 0.2)))
    pool.shutdown()
    await asyncio.to_thread(thread.join)
    loop.call_soon(print, "called")
    await asyncio.sleep(0)


asyncio.run(main())
