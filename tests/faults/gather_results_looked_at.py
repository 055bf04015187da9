import asyncio


async def upload(name, fails):
    await asyncio.sleep(0.1)
    if fails:
        raise OSError(f"{name} is full")
    return name


async def everything():
    return await asyncio.gather(upload("disk", True), upload("tape", False), return_exceptions=True)


async def main():
    for outcome in await everything():
        print("failed:" if isinstance(outcome, OSError) else "done:", outcome)
    uploads = asyncio.gather(upload("card", True), upload("stick", False), return_exceptions=True)
    print(len(await uploads))
    pair = asyncio.gather(upload("a", False), upload("b", False))
    await pair


asyncio.run(main())
