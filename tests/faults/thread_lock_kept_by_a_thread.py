import asyncio
import threading
import time


def hold(lock, ready):
    with lock:
        ready.set()
        time.sleep(0.3)


async def main():
    lock, ready = threading.Lock(), threading.Event()
    thread = threading.Thread(target=hold, args=(lock, ready))
    thread.start()
    await asyncio.to_thread(ready.wait)
    await asyncio.to_thread(lock.acquire)
    print("it is ours, whoever took it")
    lock.release()
    with lock:
        asyncio.get_running_loop().call_soon(print, "later")
    await asyncio.sleep(0.1)
    thread.join()


asyncio.run(main())
