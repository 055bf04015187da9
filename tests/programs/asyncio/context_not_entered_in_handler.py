"""A context that a callback cannot enter, in a loop that runs while an exception is handled: that is the error's context."""
import asyncio
import contextvars


def tell(error):
    if error.__context__ is not None:
        tell(error.__context__)
    print("   ", type(error).__name__)


async def main(context):
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "never", context=context)
    loop.default_exception_handler = lambda told: (print(told["message"]), tell(told["exception"]))
    await asyncio.sleep(0)
    loop.set_exception_handler(print)
    loop.call_soon(print, "never", context=context)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


context = contextvars.copy_context()
context.run(asyncio.run, main(context))
try:
    raise KeyError("key")
except KeyError:
    context.run(asyncio.run, main(context))
