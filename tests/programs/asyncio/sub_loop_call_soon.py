import asyncio

class Talkative(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        self.count = getattr(self, "count", 0) + 1
        return super().call_soon(callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        print("at", round(when, 3))
        return super().call_at(when, callback, *args, context=context)

    def create_task(self, coro, **options):
        print("task", coro.__name__)
        return super().create_task(coro, **options)

def callback():
    print("called")

async def child():
    await asyncio.sleep(.1)

async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(callback)
    loop.call_later(.05, callback)
    await asyncio.create_task(child())
    print(loop.count)

asyncio.run(main(), loop_factory=Talkative)
