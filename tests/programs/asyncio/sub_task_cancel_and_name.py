import asyncio

class Told(asyncio.Task):
    def cancel(self, msg=None):
        print("cancel", self.get_name(), msg)
        return super().cancel(msg)

    def add_done_callback(self, callback, *, context=None):
        print("callback for", self.get_name())
        super().add_done_callback(callback, context=context)

    def get_name(self):
        return "told " + super().get_name()

async def work(seconds):
    await asyncio.sleep(seconds)
    return seconds

async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **options: Told(coro, loop=loop, **options))
    print(await asyncio.create_task(work(.1), name="one"))
    print(await asyncio.gather(work(.1), work(.2)))
    try:
        async with asyncio.timeout(.1):
            await asyncio.create_task(work(9))
    except TimeoutError:
        print("late")

asyncio.run(main())
