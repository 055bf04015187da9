import asyncio


async def never():
    pass


async def fails():
    try:
        asyncio.Runner().run(never())
    finally:
        raise KeyError("the context goes where this is thrown in")


async def waits(how):
    task = asyncio.create_task(fails())
    try:
        raise ValueError
    except ValueError:
        try:
            print("waiting")
            await task
        except KeyError as exc:
            print(how, repr(exc.__context__))


async def main():
    await waits("awaited")
    await asyncio.create_task(waits("in a task"))


asyncio.run(main())
