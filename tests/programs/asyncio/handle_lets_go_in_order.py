"""What only a handle still holds goes with it: its arguments first, then its callback with what that closes over."""

import asyncio
import contextvars


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "is gone")


kept = contextvars.ContextVar("kept")


def callback_with(told):
    def callback(*args):
        print("called with", [arg.name for arg in args], "beside", told.name)

    return callback


def begin(loop, how):
    context = contextvars.copy_context()
    context.run(kept.set, Told(f"context of {how.__name__}"))
    delay = () if how == loop.call_soon else (0.1,)
    arguments = Told("first argument"), Told("second argument")
    return how(*delay, callback_with(Told("closure")), *arguments, context=context)


async def main():
    loop = asyncio.get_running_loop()
    for how in (loop.call_soon, loop.call_later):
        begin(loop, how)
        await asyncio.sleep(0.5)
        print("--")
    begin(loop, loop.call_later).cancel()
    await asyncio.sleep(0.5)


asyncio.run(main())
