"""What only the cancellation that was thrown in still held goes when the task has run, as long as its handle does."""

import asyncio
import contextlib


async def swallows():
    with contextlib.suppress(asyncio.CancelledError):
        with contextlib.nullcontext(asyncio.sleep(1)) as never:
            await asyncio.sleep(2)


async def main():
    for _ in range(3):
        task = asyncio.create_task(swallows())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)


asyncio.run(main())
