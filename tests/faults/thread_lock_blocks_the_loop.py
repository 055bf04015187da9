import asyncio
import threading

lock = threading.Lock()


async def deposit(name):
    with lock:                              # remark: thread lock held over an await
        await asyncio.sleep(0.1)
        print(name)


async def main():
    await asyncio.gather(deposit("Ada"), deposit("Bob"))


asyncio.run(main())
