# What an exception holds that nobody retrieved goes behind what its context holds: the task keeps the traceback as well.
import asyncio


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


async def never(n):
    pass


def fails(held):
    raise KeyError


async def twice():
    try:
        fails(Noisy("first"))
    except KeyError:
        fails(Noisy("second"))


async def twice_never():
    try:
        fails(never(1))
    except KeyError:
        fails(asyncio.sleep(1))


async def main():
    for coroutine in twice, twice_never:
        print("never retrieved")
        task = asyncio.create_task(coroutine())
        await asyncio.sleep(0)
        del task
    print("retrieved")
    task = asyncio.create_task(twice())
    try:
        await task
    except KeyError:
        del task
    print("a future")
    future = loop.create_future()
    try:
        await twice()
    except KeyError as exc:
        future.set_exception(exc)
    del future
    print("end")


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
