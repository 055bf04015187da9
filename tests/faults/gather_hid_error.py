import asyncio


async def fail(seconds, error):
    await asyncio.sleep(seconds)
    raise error


async def main():
    try:
        await asyncio.gather(fail(0.1, ValueError("first")), fail(0.2, KeyError("second")))     # remark: gather hid an error
    except ValueError as error:
        print("caught", error)
    await asyncio.sleep(1)
    await asyncio.gather(                                                                       # remark: gather hid an error
        fail(0.1, OSError("dropped")),
        return_exceptions=True,
    )


asyncio.run(main())
