import asyncio

class Duck:
    """Looks like a future: that is enough to be awaited."""
    _asyncio_future_blocking = False

    def __init__(self, loop):
        self.callbacks, self.loop, self.value, self.ready = [], loop, None, False

    def add_done_callback(self, callback, context=None):
        print("callback added")
        self.callbacks.append((callback, context))

    def result(self):
        return self.value

    def done(self):
        return self.ready

    def cancelled(self):
        return False

    def cancel(self, msg=None):
        print("cancel", msg)
        return False

    def get_loop(self):
        return self.loop

    def set(self, value):
        self.value, self.ready = value, True
        for callback, context in self.callbacks:
            self.loop.call_soon(callback, self, context=context)

    def __await__(self):
        if not self.ready:
            self._asyncio_future_blocking = True
            yield self
        return self.value

async def wait(duck):
    return await duck

async def main():
    loop = asyncio.get_running_loop()
    duck = Duck(loop)
    print(asyncio.isfuture(duck), asyncio.ensure_future(duck) is duck)
    loop.call_later(.1, duck.set, 5)
    print(await duck)
    duck = Duck(loop)
    loop.call_later(.1, duck.set, 6)
    task = asyncio.create_task(wait(duck))
    await asyncio.sleep(.05)
    print(task.cancel("why"))
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args)

asyncio.run(main())
