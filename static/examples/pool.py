# Blocking work belongs into threads: the loop hands
# jobs to a pool of two and stays free. Others queue.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def resize(n):  # ordinary, blocking code
    time.sleep(2)
    return f"img{n}"


async def fetch(n, pool):
    await asyncio.sleep(1 + n / 10)
    print(f"fetch-{n} goes to the pool")
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(pool, resize, n)


async def main():
    with ThreadPoolExecutor(max_workers=2) as pool:
        async with asyncio.TaskGroup() as group:
            jobs = [
                group.create_task(fetch(n, pool), name=f"fetch-{n}")
                for n in range(4)
            ]
    for job in jobs:
        print(job.result())


asyncio.run(main())
