"""What an exception that nobody can catch leads to goes with it; what its traceback leads to goes a little later."""

import asyncio


async def never(name):
    pass


async def first():
    pass


async def fails():
    try:
        await asyncio.Event().wait()
    except BaseException:
        try:
            await asyncio.wait_for(first(), 0.5)
        except BaseException:
            asyncio.create_task(never("y"))


async def main():
    global task
    task = asyncio.create_task(fails())


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
