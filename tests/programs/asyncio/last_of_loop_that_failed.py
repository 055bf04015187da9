import asyncio


class OwnLoop(asyncio.BaseEventLoop):
    """A loop that knows no time, and fails where nothing is ready."""

    def __init__(self):
        super().__init__()
        self._selector = self

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("nothing left to wait for")
        return []

    def _process_events(self, events):
        pass


async def waits():
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.Event().wait()


async def main():
    global task
    task = asyncio.create_task(waits())
    kept = asyncio.shield(task)
    try:
        await asyncio.gather(task)
    finally:
        print("main is closed")


asyncio.run(main(), loop_factory=OwnLoop)
