"""An asynchronous generator that went on when it was closed is not closed again by the collector."""
import asyncio
import gc


class Local:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("goes on")
    async with asyncio.timeout(5) as limit:
        local = Local("a variable")
    try:
        yield 2
    finally:
        print("never")


async def main():
    asyncio.get_running_loop().set_exception_handler(lambda loop, told: print("told:", told["exception"]))
    async for number in stubborn():
        print(number)
        break
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("collecting")
    gc.collect()
    print("collected")


gc.disable()
asyncio.run(main())
