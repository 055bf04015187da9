import asyncio

def chain(error):
    found = []
    while error is not None:
        found.append(repr(error))
        error = error.__context__
    return found

async def turn():
    await asyncio.sleep(0)

async def wait():
    await asyncio.sleep(10)

def run(child, turns):
    async def main():
        global task
        task = asyncio.create_task(child())
        for _ in range(turns):
            await asyncio.sleep(0)
        raise ValueError("main")
    try:
        asyncio.run(main())
    except ValueError as error:
        print(chain(error))
    try:
        task.result()
    except asyncio.CancelledError as error:
        print(child.__name__, chain(error))

run(turn, 0)
run(wait, 1)
