"""What `await` does to a future, step by step."""

import asyncio


class Own(asyncio.Future):
    def cancelled(self):
        print("cancelled is asked")
        return super().cancelled()


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    steps = future.__await__()
    print(iter(steps) is steps, hasattr(steps, "__next__"), hasattr(steps, "send"))
    print(steps.send(None) is future, future._asyncio_future_blocking)
    future._asyncio_future_blocking = False
    future.set_result("done")
    try:
        steps.send(None)
    except StopIteration as stop:
        print("stopped with", stop.value)

    failed = loop.create_future()
    failed.set_exception(KeyError("k"))
    try:
        next(iter(failed))
    except KeyError as error:
        print(repr(error))

    thrown = loop.create_future()
    steps = thrown.__await__()
    steps.send(None)
    try:
        steps.throw(ValueError("thrown in"))
    except ValueError as error:
        print(repr(error), thrown)
    thrown.__await__().close()

    async def waits(on):
        try:
            return await on
        except asyncio.CancelledError as error:
            print("cancelled", error.args)
            raise

    own = Own()
    task = asyncio.create_task(waits(own))
    await asyncio.sleep(0)
    print(task._fut_waiter is own)
    own.set_result(5)
    print(await task)

    waited = loop.create_future()
    by_hand = waits(waited)
    print(by_hand.send(None) is waited, by_hand.cr_await is not None)
    try:
        by_hand.send(None)
    except RuntimeError as error:
        print(error)
    waited.cancel("enough")
    try:
        await waits(waited)
    except asyncio.CancelledError as error:
        print(error.args)
    closing = loop.create_future()
    suspended = waits(closing)
    suspended.send(None)
    suspended.close()
    print(closing, suspended.cr_frame)


asyncio.run(main())
