# Shows: what goes while a handle runs is warned of at another place than what goes with the handle
import asyncio


async def never():
    pass


def drops(coroutine):
    del coroutine


def keeps(coroutine):
    pass


async def keeps_in_a_step():
    coroutine = never()


async def main():
    loop = asyncio.get_running_loop()
    for _ in range(2):
        loop.call_soon(keeps, never())
        loop.create_task(keeps_in_a_step())
        await asyncio.sleep(0)


asyncio.run(main())
