import asyncio
import threading

lock = threading.Lock()


async def deposit(amount):
    with lock:                              # remark: thread lock held over an await
        await asyncio.sleep(0.1)
        print("in:", amount)


async def main():
    await deposit(10)
    await deposit(20)


asyncio.run(main())
