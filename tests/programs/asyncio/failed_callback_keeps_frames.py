"""What a callback raised stays until the collector looks, in the frame that called the callback."""
import asyncio
import gc


class Noted(Exception):
    def __del__(self):
        print("gone:", self)


class Local:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone: local of", self.name)


def failing(name):
    global kept
    local = Local(name)
    try:
        raise Noted(f"kept of {name}")
    except Noted as error:
        kept = error
    raise Noted(f"raised by {name}")


async def main(debug):
    global kept
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("told:", context["exception"]))
    loop.call_soon(failing, "first")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("collected", gc.collect() > 0)
    kept = None
    print("let go", gc.collect() > 0)
    loop.call_soon(failing, "second")
    loop.call_soon(loop.set_debug, debug)
    loop.call_soon(failing, "third")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("collected", gc.collect() > 0)
    kept = None
    print("let go", gc.collect() > 0)


gc.disable()
asyncio.run(main(True))
asyncio.run(main(False), debug=True)
