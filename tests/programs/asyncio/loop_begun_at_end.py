import asyncio

runner = asyncio.Runner()


async def sleeper():
    await asyncio.sleep(1)


async def late():
    global left
    left = asyncio.create_task(sleeper(), name='left')
    await asyncio.sleep(0)
    print('late')


async def waits():
    try:
        await loop.create_future()
    finally:
        # The program has ended: a loop begins while what is lost goes, and what it leaves goes after that.
        runner.run(late())


async def main():
    global task
    task = asyncio.create_task(waits(), name='waits')
    await asyncio.sleep(0)
    raise ValueError


loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(main())
except ValueError:
    print('end')
