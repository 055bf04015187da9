import asyncio


async def lost(name):
    print('never', name)


def take(coroutine):
    print('taken', coroutine.__name__)


async def main():
    loop = asyncio.get_running_loop()
    # What goes with a handle is told of where the loop takes the next one, with the last one of an iteration elsewhere.
    for name in 'ab':
        loop.call_soon(take, lost(name))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for name in 'cd':
        loop.call_soon(take, lost(name))
    await asyncio.sleep(1)
    print('end')


asyncio.run(main())
