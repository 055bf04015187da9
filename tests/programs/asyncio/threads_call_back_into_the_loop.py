import asyncio
import threading
import time

async def answer(n):
    await asyncio.sleep(.1)
    return n * 2

def worker(loop, done):
    future = asyncio.run_coroutine_threadsafe(answer(21), loop)
    print("thread got", future.result())
    time.sleep(.1)
    loop.call_soon_threadsafe(done.set)

async def main():
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    thread = threading.Thread(target=worker, args=(loop, done))
    thread.start()
    await done.wait()
    thread.join()
    print(await asyncio.gather(*(asyncio.to_thread(time.sleep, .1) for _ in range(2))))

asyncio.run(main())
