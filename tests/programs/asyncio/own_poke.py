"""A loop with a selector of its own is told how to wake that: after the callback is in the queue."""

import asyncio


class OwnLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector, self.now = self, 0.0

    def select(self, timeout):
        self.now += timeout or 0
        return []

    def time(self):
        return self.now

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        print("poked with", len(self._ready), "in the queue")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe(print, "called")
    await asyncio.sleep(1)
    loop.set_debug(True)
    handle = loop.call_soon_threadsafe(print, "called in debug mode")
    print(len(handle._source_traceback) > 1, handle._source_traceback[-1].name)
    await asyncio.sleep(1)
    return loop.time()


with asyncio.Runner(loop_factory=OwnLoop) as runner:
    print(runner.run(main()))
