import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 0

    async def deposit(self, amount):
        await self.lock.acquire()           # remark: lock held over a long wait
        try:
            seen = self.balance
            await asyncio.sleep(1.5)
            self.balance = seen + amount
        finally:
            self.lock.release()


async def main():
    account = Account()
    async with asyncio.TaskGroup() as group:
        for amount in (10, 20):
            group.create_task(account.deposit(amount))
    print(account.balance)


asyncio.run(main())
