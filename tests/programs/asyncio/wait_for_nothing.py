"""What is no future among what is waited for: the futures before it have a callback already."""
import asyncio


async def work():
    await asyncio.sleep(0.3)


async def main():
    task = asyncio.create_task(work(), name="work")
    try:
        await asyncio.wait([task, None])
    except AttributeError as error:
        print(error)
    print("callback" if task._callbacks else "no callback")
    try:
        await asyncio.wait([None, asyncio.create_task(work())])
    except AttributeError as error:
        print(error)


asyncio.run(main())
