# Asynchronous generators that are still suspended at the end are closed in one go. CPython takes them in the order of their
# addresses; here, and where this was recorded, in the order in which they began.
import asyncio


async def counter(name):
    try:
        for n in range(3):
            yield n
    finally:
        print("closing", name)
        await asyncio.sleep(0)
        print("closed", name)


async def main():
    loop = asyncio.get_running_loop()
    names = ["first", "second", "third", "fourth", "fifth"]
    generators = {name: counter(name) for name in names}
    for name in ["third", "first", "fifth", "second", "fourth"]:
        print(name, await anext(generators[name]))
    del generators["fifth"]
    await asyncio.sleep(0.1)
    await generators["first"].aclose()
    print("shutting down")
    await loop.shutdown_asyncgens()
    print([await anext(generator, "ended") for generator in generators.values()])


asyncio.run(main())
