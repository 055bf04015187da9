"""At the end of a program, what is nearer to its globals goes first: futures keep an exception and its traceback, the
queue of a loop keeps handles, these what they call, and that its task."""

import asyncio


class Told:
    def __init__(self, name, child=None):
        self.name, self.child = name, child

    def __del__(self):
        print(self.name, end="; ")


async def fails(n):
    task = asyncio.create_task(asyncio.sleep(1, 2))
    task.attribute = Told(f"task of {n}")
    variable = Told(f"variable of {n}")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    raise TimeoutError("late")


async def outer():
    variable = Told("variable of outer")
    await fails(0)


async def waits():
    holder.futures = [loop.create_future()]
    variable = Told("variable of waits")
    await holder.futures[0]


async def joins():
    variable = Told("variable of joins")
    await queue.join()


async def main():
    global failed
    failed, lost = asyncio.create_task(outer()), asyncio.create_task(fails(2))
    waiting, joining = asyncio.create_task(waits()), asyncio.create_task(joins())
    queue.put_nowait(1)
    for _ in range(6):
        await asyncio.sleep(0)
    for number, handle in enumerate(loop._scheduled):
        handle._args[0].attribute = Told(f"future of sleep {number}")
    handle = None
    failed.attribute, waiting.attribute, joining.attribute = Told("failed"), Told("waiting"), Told("joining")
    queue._finished.attribute = Told("event")
    holder.futures[0].attribute, queue._finished._waiters[0].attribute = Told("future"), Told("join")
    queue._putters.append(Told("in putters"))
    queue._getters.append(Told("in getters"))
    queue._finished._waiters.append(Told("in waiters"))
    for level in range(14, 1, -1):
        holder.value = Told(f"level {level}", holder.value)
    asyncio.create_task(fails(5))


class Holder:
    value = futures = None


loop = asyncio.new_event_loop()
queue, holder = asyncio.Queue(1), Holder()
loop.run_until_complete(main())
print("end")
