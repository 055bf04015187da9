import asyncio


async def upload(name, seconds):
    await asyncio.sleep(seconds)
    raise OSError(f"{name} is full")


async def tell(error):
    print("failed:", error)


async def main():
    uploads = [
        asyncio.create_task(upload(name, seconds), name=name)
        for name, seconds in (("disk", 0.1), ("tape", 0.2), ("card", 0.3))
    ]
    try:
        await asyncio.gather(*uploads)      # remark: gather hid an error
    except OSError as error:
        await tell(error)
    await asyncio.sleep(1)


asyncio.run(main())
