import asyncio
import gc


class Watcher:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(self.watch())   # remark: task destroyed before it was done

    async def watch(self):
        await self.future
        print("never printed")


async def main():
    watcher = Watcher()
    await asyncio.sleep(0.1)
    del watcher
    gc.collect()
    await asyncio.sleep(0.1)


asyncio.run(main())
