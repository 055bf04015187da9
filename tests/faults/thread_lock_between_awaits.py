import asyncio
import threading
import time

lock = threading.Lock()
total = 0


def add(amount):
    global total
    with lock:
        seen = total
        time.sleep(0.1)
        total = seen + amount


async def count():
    global total
    await asyncio.sleep(0.05)
    lock.acquire()
    total += 1
    lock.release()
    await asyncio.sleep(0.1)


async def main():
    jobs = [asyncio.to_thread(add, 10) for _ in range(2)]
    await asyncio.gather(*jobs)
    await count()
    print(total)


asyncio.run(main())
