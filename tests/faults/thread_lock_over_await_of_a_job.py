import asyncio
import threading
import time


class Cache:
    def __init__(self):
        self.lock = threading.RLock()
        self.values = {}

    def load(self, key):
        time.sleep(0.1)
        return key.upper()

    async def get(self, key):
        self.lock.acquire()                 # remark: thread lock held over an await
        try:
            if key not in self.values:
                self.values[key] = await asyncio.to_thread(self.load, key)
            return self.values[key]
        finally:
            self.lock.release()


async def main():
    print(await Cache().get("a"))


asyncio.run(main())
