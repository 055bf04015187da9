import asyncio


async def never():
    pass


async def keeps(coroutine):
    await asyncio.sleep(0)
    print('debug mode:', asyncio.get_running_loop().get_debug())


# What is lost while a handle runs is told of once for its place in the library, in debug mode as before that.
with asyncio.Runner() as runner:
    runner.run(keeps(never()))
    runner.get_loop().set_debug(True)
    runner.run(keeps(never()))
