import asyncio

class Counted(asyncio.Future):
    def __init__(self, *, loop=None):
        super().__init__(loop=loop)
        self.calls = []

    def set_result(self, result):
        self.calls.append("set_result")
        super().set_result(result)

    def add_done_callback(self, callback, *, context=None):
        self.calls.append("add_done_callback")
        super().add_done_callback(callback, context=context)

    def cancel(self, msg=None):
        self.calls.append("cancel")
        return super().cancel(msg)

async def main():
    loop = asyncio.get_running_loop()
    future = Counted()
    loop.call_later(.1, future.set_result, 21)
    print(await future, future.calls)
    future = Counted(loop=loop)
    try:
        await asyncio.wait_for(future, .1)
    except TimeoutError:
        print("late", future.calls)
    future = Counted()
    print(await asyncio.wait([future], timeout=.1) == (set(), {future}), future.calls)
    future.cancel("enough")
    print(future.calls, future.cancelled())

asyncio.run(main())
