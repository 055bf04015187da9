"""The task in which an interrupt came goes before what other tasks held, in debug mode too."""
import asyncio
import signal


async def interrupted():
    signal.raise_signal(signal.SIGINT)


async def shielded():
    print("not printed", await asyncio.shield(interrupted()))


async def waits():
    await shielded()


async def main():
    global task
    task = asyncio.create_task(waits())
    for turn in asyncio.as_completed([interrupted()]):
        pass
    await shielded()


asyncio.run(asyncio.wait_for(main(), 5), debug=True)
