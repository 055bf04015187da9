import asyncio


class OwnLoop(asyncio.SelectorEventLoop):
    pass


async def never():
    pass


async def waits():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        # No policy was asked for until now, and nothing can be imported any more.
        asyncio.ensure_future(never())


async def main():
    global task
    task = asyncio.create_task(waits())
    await asyncio.sleep(0)


loop = OwnLoop()
loop.run_until_complete(main())
