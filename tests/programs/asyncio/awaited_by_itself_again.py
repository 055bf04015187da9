# Shows: a task that awaits itself is told so the first time; who awaits it later finds that it was left as it was
import asyncio


async def awaits_itself():
    me = asyncio.current_task()
    for _ in range(3):
        try:
            await me
        except RuntimeError as exc:
            print(str(exc).partition(":")[0])
        await asyncio.sleep(0)
    return "done"


async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.create_task(awaits_itself()))
    task = asyncio.create_task(awaits_itself())
    await asyncio.sleep(0)
    try:
        print(await task)
    except RuntimeError as exc:
        print(exc)
    print(await asyncio.wait_for(asyncio.shield(task), 1))
    loop.set_debug(4)
    loop.set_debug(True)
    loop.set_debug(0)


asyncio.run(main(), debug=True)


async def never():
    pass


never().close()
