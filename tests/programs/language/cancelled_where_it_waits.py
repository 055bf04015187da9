# What an exception finds on its way out of coroutines of the library that only wait: tracebacks, contexts, variables,
# and that nobody waits there any more.
import asyncio
import sys
import traceback


def names(error):
    return [entry.name for entry in traceback.extract_tb(error.__traceback__)]


def variables(error):
    at = error.__traceback__
    while at.tb_next is not None:
        at = at.tb_next
    return at.tb_frame.f_code.co_name, sorted(at.tb_frame.f_locals)


async def waits(event, log):
    try:
        await event.wait()
    except asyncio.CancelledError as error:
        log.append((names(error), error.args, error.__context__))
        log.append(variables(error))
        log.append(len(event._waiters))
        raise


async def cancelled_event():
    event, log = asyncio.Event(), []
    tasks = [asyncio.create_task(waits(event, log)) for _ in range(3)]
    await asyncio.sleep(0)
    print("waiting:", len(event._waiters))
    tasks[1].cancel("with a message")
    await asyncio.sleep(0)
    print(*log, sep="\n")
    print("waiting:", len(event._waiters))
    event.set()
    print(await asyncio.gather(*tasks, return_exceptions=True))


async def cancelled_sleep():
    loop = asyncio.get_running_loop()

    async def sleeps():
        try:
            await asyncio.sleep(10, "never")
        finally:
            error = sys.exception()
            print(names(error), variables(error)[0])

    task = asyncio.create_task(sleeps())
    await asyncio.sleep(0)
    scheduled = [handle for handle in loop._scheduled if not handle.cancelled()]
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", names(error))
    print([handle.cancelled() for handle in scheduled])


async def within_handler():
    event = asyncio.Event()

    async def fails():
        try:
            raise ValueError("first")
        except ValueError:
            await event.wait()

    async def outer():
        try:
            await fails()
        except BaseException as error:
            print(repr(error), repr(error.__context__), names(error))
            print(names(error.__context__))
            raise KeyError("last")

    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except KeyError as error:
        print(repr(error), repr(error.__context__), repr(error.__context__.__context__))


async def timed_out():
    event = asyncio.Event()
    for wait in (event.wait, lambda: asyncio.sleep(5)):
        try:
            async with asyncio.timeout(0.01):
                await wait()
        except TimeoutError as error:
            print(names(error), names(error.__cause__))
        try:
            await asyncio.wait_for(wait(), 0.01)
        except TimeoutError as error:
            print(names(error), names(error.__cause__))
    print(len(event._waiters))


async def thrown_by_hand():
    event = asyncio.Event()

    async def inner():
        await event.wait()

    for error in (ValueError("by hand"), GeneratorExit()):
        coro = inner()
        future = coro.send(None)
        print(future._state, len(event._waiters))
        try:
            coro.throw(error)
        except BaseException as raised:
            print(repr(raised), names(raised), raised is error)
        print(coro.cr_await, len(event._waiters))
    coro = inner()
    coro.send(None)
    coro.close()
    print("closed", len(event._waiters))
    sleeper = asyncio.sleep(3)
    waiting = sleeper.send(None)
    try:
        sleeper.throw(OSError("cut"))
    except OSError as raised:
        print(repr(raised), names(raised), waiting.done())


async def looked_at_before():
    event = asyncio.Event()

    async def worker():
        await event.wait()

    coro = worker()
    task = asyncio.create_task(coro)
    await asyncio.sleep(0)
    waiting = coro.cr_await
    print(waiting.__name__, waiting.cr_frame.f_code.co_name)
    task.cancel()
    await asyncio.wait([task])
    print(waiting.cr_frame, coro.cr_frame, len(event._waiters))


async def without_its_place():
    event = asyncio.Event()

    async def worker():
        try:
            await event.wait()
        except BaseException as error:
            print(type(error).__name__, type(error.__context__).__name__, names(error))

    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    event._waiters.clear()
    task.cancel()
    await task


async def main():
    for step in (
        cancelled_event,
        cancelled_sleep,
        within_handler,
        timed_out,
        thrown_by_hand,
        looked_at_before,
        without_its_place,
    ):
        print("--", step.__name__)
        await step()


asyncio.run(main())
