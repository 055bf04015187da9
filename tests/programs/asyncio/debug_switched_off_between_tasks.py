import asyncio
import warnings


async def forgets(loop):
    loop.set_debug(False)
    asyncio.sleep(1)


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(forgets(loop), forgets(loop))


# The second task's step is called from another line of the loop, so the texts of the two warnings differ.
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("default")
    asyncio.run(main(), debug=True)
print(len(told), "warnings")
