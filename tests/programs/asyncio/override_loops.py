"""Event loops with methods of their own: what the library calls is asked each time."""

import asyncio


class Telling(asyncio.SelectorEventLoop):
    told = []

    def create_future(self):
        self.told.append("create_future")
        return super().create_future()

    def create_task(self, coro, **kwargs):
        self.told.append(f"create_task {coro.__name__}")
        return super().create_task(coro, **kwargs)

    def call_later(self, delay, callback, *args, context=None):
        self.told.append(f"call_later {delay}")
        return super().call_later(delay, callback, *args, context=context)

    def _run_once(self):
        self.told.append("once")
        super()._run_once()


class Stopping(asyncio.SelectorEventLoop):
    """Stops after so many callbacks."""

    left = 3

    def call_soon(self, callback, *args, context=None):
        self.left -= 1
        if self.left == 0:
            self.stop()
        return super().call_soon(callback, *args, context=context)


async def work(number):
    await asyncio.sleep(0.1 * number)
    await asyncio.sleep(0)
    return number


async def main():
    print(await asyncio.gather(work(1), work(2), work(1)))
    queue, lock, event = asyncio.Queue(), asyncio.Lock(), asyncio.Event()
    getter = asyncio.create_task(queue.get(), name="getter")
    waiter = asyncio.create_task(event.wait())
    async with lock:
        locker = asyncio.create_task(lock.acquire())
        await asyncio.sleep(0)
        await queue.put("item")
        event.set()
    print(await getter, await waiter, await locker, getter.get_name())


def factory(loop, coro, **kwargs):
    print("factory", coro.__name__, sorted(kwargs))
    return asyncio.Task(coro, loop=loop, **kwargs)


async def with_factory():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(factory)
    print(await asyncio.gather(work(1), work(0)))
    task = asyncio.create_task(work(0), name="named")
    print(await task, task.get_name())
    loop.set_task_factory(None)
    loop.create_task = lambda coro, **kwargs: asyncio.Task(coro, loop=loop, name="own")
    print(asyncio.create_task(asyncio.sleep(0)).get_name())
    await asyncio.sleep(0.1)
    del loop.create_task
    print(asyncio.create_task(asyncio.sleep(0), name=7).get_name())
    await asyncio.sleep(0.1)


with asyncio.Runner(loop_factory=Telling) as runner:
    runner.run(main())
told = Telling.told
print([told.count(what) for what in ("create_future", "create_task work", "call_later 0.1", "once")])
print(sorted(set(told)))

loop = Stopping()
loop.create_task(work(1))
loop.run_forever()
print("stopped", loop.left)
loop.left = 1000
for task in asyncio.all_tasks(loop):
    print(loop.run_until_complete(task))
loop.close()

asyncio.run(with_factory())
