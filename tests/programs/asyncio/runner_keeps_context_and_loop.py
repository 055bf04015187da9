import asyncio
import contextvars

count = contextvars.ContextVar("count", default=0)

async def up():
    count.set(count.get() + 1)
    return count.get()

with asyncio.Runner() as runner:
    loop = runner.get_loop()
    print(runner.run(up()), runner.run(up()), count.get(), runner.get_loop() is loop)
    print(runner.run(up(), context=contextvars.Context()), runner.run(up()))
print(loop.is_closed())
try:
    runner.get_loop()
except RuntimeError as error:
    print(error)
