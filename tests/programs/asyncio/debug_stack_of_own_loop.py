"""In debug mode ten calls are kept with a handle, and call_soon_threadsafe is one of them."""
import asyncio


class OwnLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector, self.now = self, 0.0

    def select(self, timeout):
        self.now += timeout
        return []

    def time(self):
        return self.now

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        print("poked")


def fail(depth):
    raise ValueError(depth)


def deep(loop, depth):
    if depth:
        return deep(loop, depth - 1)
    loop.call_soon_threadsafe(fail, "threadsafe")
    loop.call_soon(fail, "soon")
    loop.call_later(0, fail, "later")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    for depth in 0, 1, 5, 6, 7, 8, 9:
        loop.call_soon(deep, loop, depth)
    await asyncio.sleep(0.1)


asyncio.run(main(), loop_factory=OwnLoop)
