"""What stands in a loop's ready queue while callbacks of the running iteration are left."""
import asyncio


async def count(number):
    print(number, len(asyncio.get_running_loop()._ready))


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(count(number)) for number in range(3)]
    print("main", len(loop._ready))
    loop.call_soon(print, "callback")
    await asyncio.sleep(0)
    print("main", len(loop._ready))
    await asyncio.wait(tasks)


asyncio.run(main())
