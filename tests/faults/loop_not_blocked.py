import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def slow():
    time.sleep(0.5)


async def main():
    await asyncio.to_thread(slow)
    with ThreadPoolExecutor() as pool:
        await asyncio.get_running_loop().run_in_executor(pool, slow)
    thread = threading.Thread(target=slow)
    thread.start()
    await asyncio.sleep(1)
    thread.join()
    lock = threading.Lock()
    with lock:
        print("not contended")


time.sleep(0.1)
asyncio.run(main())
time.sleep(0.1)
