import asyncio
import contextlib


async def serve(log):
    try:
        await asyncio.sleep(10)
    finally:
        log.append("closed")


async def first_of(*works):
    tasks = [asyncio.create_task(work) for work in works]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return done.pop().result()


async def patient():
    task = asyncio.current_task()
    asyncio.get_running_loop().call_later(0.1, task.cancel)
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        task.uncancel()
    return "went on, as it asked itself to stop"


async def main():
    log = []
    server = asyncio.create_task(serve(log))
    await asyncio.sleep(0.1)
    server.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await server
    print(log, await first_of(asyncio.sleep(0.1, "quick"), asyncio.sleep(5, "slow")))
    print(await patient())


asyncio.run(main())
