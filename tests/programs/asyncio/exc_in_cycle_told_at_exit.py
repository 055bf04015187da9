"""An exception that keeps its own task alive, by a frame with the timeout in it, is told of when the program ends."""
import asyncio


async def fails():
    async with asyncio.timeout(5) as limit:
        raise ValueError("nobody asks")


async def main():
    global task
    task = asyncio.create_task(fails(), name="failing")
    await asyncio.sleep(1)
    print("main ends")


asyncio.run(main())
print("program ends")
