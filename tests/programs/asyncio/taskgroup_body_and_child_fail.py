import asyncio

async def fail(seconds, error):
    await asyncio.sleep(seconds)
    raise error

async def last_words():
    try:
        await asyncio.sleep(9)
    finally:
        raise OSError("last words")

async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(.1, ValueError("child")))
            group.create_task(last_words())
            await asyncio.sleep(1)
    except* ValueError as caught:
        print(caught.exceptions)
    except* OSError as caught:
        print(caught.exceptions)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(last_words())
            await asyncio.sleep(0)
            raise KeyError("body")
    except BaseExceptionGroup as caught:
        print(caught.exceptions)
    try:
        group.create_task(asyncio.sleep(0))
    except RuntimeError as error:
        print(str(error).split(" at ")[0].split(" [")[0])

asyncio.run(main())
