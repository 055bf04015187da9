import asyncio

async def main():
    try:
        async with asyncio.timeout(.2) as outer:
            try:
                async with asyncio.timeout(.1) as inner:
                    await asyncio.sleep(1)
            except TimeoutError:
                print("inner", inner.expired(), outer.expired())
            await asyncio.sleep(1)
    except TimeoutError:
        print("outer", outer.expired())
    async with asyncio.timeout(None) as limit:
        print(limit.when())
        limit.reschedule(asyncio.get_running_loop().time() + .1)
        try:
            await asyncio.sleep(1)
        finally:
            print("left", limit)

try:
    asyncio.run(main())
except TimeoutError as error:
    print(repr(error), repr(error.__cause__))
