"""A class derived from Future that forgets to call its __init__, and a context that is none."""

import asyncio


class Promise(asyncio.Future):
    def __init__(self, what):
        self.what = what


def tried(what, function, *args, **keywords):
    try:
        print(f"{what}: {function(*args, **keywords)!r}")
    except Exception as error:
        print(f"{what}: {type(error).__name__}: {error}")


async def main():
    promise = Promise("an answer")
    print(promise.what, promise.done(), promise.cancelled())
    tried("result", promise.result)
    tried("exception", promise.exception)
    tried("set_result", promise.set_result, 42)
    tried("cancel", promise.cancel)
    tried("get_loop", promise.get_loop)
    tried("add_done_callback", promise.add_done_callback, print)
    tried("remove_done_callback", promise.remove_done_callback, print)
    tried("iter", iter, promise)
    tried("repr", repr, promise)
    tried("state", lambda: promise._state)
    try:
        await promise
    except RuntimeError as error:
        print("await:", error)

    loop = asyncio.get_running_loop()
    told = []
    loop.set_exception_handler(lambda loop, context: told.append(context["exception"]))
    loop.call_soon(print, "never", context="no context")
    await asyncio.sleep(0)
    print(told)
    try:
        await asyncio.timeout(1).__aexit__(None, None, None)
    except AssertionError:
        print("a timeout that was not entered cannot be left")


asyncio.run(main())
