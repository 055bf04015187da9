import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)
    print("worked for", seconds)


async def main():
    asyncio.create_task(work(0.1))              # remark: nothing keeps this task
    asyncio.ensure_future(                      # remark: nothing keeps this task
        work(5)
    )
    await asyncio.sleep(1)


asyncio.run(main())
