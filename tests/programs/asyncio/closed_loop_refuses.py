# Shows: in which order a closed loop lets go of its callbacks, and how long a task lives that it refuses
import asyncio


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "goes")

    def __call__(self, *ignored):
        print(self.name, "is called")


async def waits(future, what):
    await future


loop = asyncio.new_event_loop()
for debug in False, True:
    loop = asyncio.new_event_loop()
    loop.set_debug(debug)
    loop.set_exception_handler(lambda loop, context: print(context["message"]))
    future = loop.create_future()
    task = loop.create_task(waits(future, Told("a local")))
    loop.run_until_complete(asyncio.sleep(0, loop))
    loop.call_later(5, Told("later"))
    loop.call_soon(Told("first"))
    loop.call_soon(Told("second"))
    loop.call_soon(Told("third"))
    loop.close()
    try:
        asyncio.Task(waits(None, Told("an argument")), loop=loop)
    except RuntimeError as exc:
        print(exc)
        print("refused")
    print("end of", debug)
    task._log_destroy_pending = False
