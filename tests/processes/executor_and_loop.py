"""A pool of processes beside an event loop, and loops inside of workers."""

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor, as_completed


def slow(seconds):
    time.sleep(seconds)
    return seconds


async def named(seconds):
    await asyncio.sleep(seconds)
    return asyncio.current_task().get_name()


def run_loop(seconds):
    return asyncio.run(named(seconds))


async def main(executor):
    loop = asyncio.get_running_loop()
    calls = [loop.run_in_executor(executor, slow, seconds) for seconds in (0.3, 0.1)]
    print(await asyncio.gather(*calls))
    try:
        await asyncio.wait_for(loop.run_in_executor(executor, slow, 2), 0.2)
    except TimeoutError:
        print("timeout")


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        asyncio.run(main(executor))
    with ProcessPoolExecutor(3) as executor:
        futures = [executor.submit(slow, tenths / 10) for tenths in (5, 1, 3)]
        print([future.result() for future in as_completed(futures)])
        print(executor.submit(run_loop, 0.1).result(), executor.submit(run_loop, 0.1).result())
