import asyncio


async def load(kind: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    return kind


async def report(users):
    totals = {}
    for user in users:
        totals[user] = await load(user, 0.5)            # remark: awaits that could run together
    return totals


async def main():
    prices: str = await load("prices", 1)               # remark: awaits that could run together
    stock: str = await load("stock", 1)
    orders = await load("orders", 1)
    print(prices, stock, orders, await report(["Ada", "Bob"]))


asyncio.run(main())
