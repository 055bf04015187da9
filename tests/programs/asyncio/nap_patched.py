"""asyncio.sleep(0) where a program puts something else in the place of its parts."""
import asyncio
import types


async def work(name):
    print(name, await asyncio.sleep(0))
    print(name, await asyncio.sleep(0))


async def twice(*works):
    await asyncio.gather(*works)


original = asyncio.tasks.__sleep0


@types.coroutine
def noisy():
    print("turn")
    yield


asyncio.run(twice(work("plain")))
asyncio.tasks.__sleep0 = noisy
asyncio.run(twice(work("noisy"), work("noisy too")))
asyncio.tasks.__sleep0 = original
asyncio.run(twice(work("plain again")))

asyncio.tasks.sleep.__defaults__ = ("default",)
asyncio.run(twice(work("defaults")))
asyncio.tasks.sleep.__defaults__ = (None,)


async def replaced(delay, result=None):
    print("replaced", delay)
    return result


sleep, asyncio.sleep = asyncio.sleep, replaced
asyncio.run(twice(work("name")))
asyncio.sleep = sleep


async def changes_meanwhile():
    asyncio.tasks.__sleep0 = noisy
    await asyncio.sleep(0)
    asyncio.tasks.__sleep0 = original


async def naps():
    await asyncio.sleep(0)
    print("napped")


async def main():
    await asyncio.gather(naps(), changes_meanwhile(), naps())


asyncio.run(main())
