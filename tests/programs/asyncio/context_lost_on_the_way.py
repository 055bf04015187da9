"""An exception that is thrown through two coroutines loses one context for another; what that held goes between them."""
import asyncio


async def inner():
    try:
        asyncio.get_running_loop().run_until_complete(asyncio.sleep(0.3))
    finally:
        await asyncio.sleep(1)


async def main():
    try:
        raise KeyError("key")
    finally:
        async with asyncio.timeout(0.5):
            await inner()


try:
    asyncio.run(main())
except TimeoutError as error:
    print(repr(error.__cause__), repr(error.__cause__.__context__))
