# A queue with room for two: the baker waits if it is
# full, customers if it is empty. Who wakes whom?
import asyncio


async def baker(shelf):
    for n in range(1, 5):
        await shelf.put(f"loaf {n}")  # full? wait
        print("baked loaf", n)
    shelf.shutdown()  # no more bread today


async def customer(name, shelf):
    try:
        while True:
            loaf = await shelf.get()  # empty? wait
            print(name, "buys", loaf)
            await asyncio.sleep(1)
    except asyncio.QueueShutDown:
        print(name, "goes home")


async def main():
    shelf = asyncio.Queue(maxsize=2)
    async with asyncio.TaskGroup() as shop:
        shop.create_task(baker(shelf), name="baker")
        shop.create_task(customer("Ada", shelf), name="Ada")
        shop.create_task(customer("Bob", shelf), name="Bob")


asyncio.run(main())
