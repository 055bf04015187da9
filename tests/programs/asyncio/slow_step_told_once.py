"""In debug mode each step that takes long is told of, also one with which something goes that runs a callback."""
import asyncio
import contextlib
import logging


class Told(logging.Handler):
    def emit(self, record):
        words = record.getMessage().replace("(", " ").split()
        print("slow:", *words[1:4 if words[1] == "<Task" else 3])


async def quick():
    pass


async def numbers():
    yield 1


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(quick())
    async with contextlib.aclosing(numbers()) as generator:
        pass
    loop.slow_callback_duration = 0.0
    loop.stop()
    for each in asyncio.as_completed([task]):
        try:
            await each
        except BaseException as error:
            print(type(error).__name__)


logger = logging.getLogger("asyncio")
logger.addHandler(Told())
logger.setLevel(logging.WARNING)
logger.propagate = False
try:
    asyncio.run(main(), debug=True)
except RuntimeError as error:
    print(error)
