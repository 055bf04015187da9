import asyncio


async def notify(name):
    await asyncio.sleep(0.1)
    print("told", name)


async def handle(names):
    loop = asyncio.get_running_loop()
    for name in names:
        loop.create_task(notify(name))      # remark: nothing keeps this task
    return len(names)


async def main():
    print(await handle(["Ada", "Bob"]))
    await asyncio.sleep(0.5)


asyncio.run(main())
