import asyncio
import gc


async def wait_for_nobody():
    await asyncio.get_running_loop().create_future()


async def main():
    asyncio.create_task(wait_for_nobody())      # remark: task destroyed before it was done
    await asyncio.sleep(0.1)
    gc.collect()
    print("done")


asyncio.run(main())
