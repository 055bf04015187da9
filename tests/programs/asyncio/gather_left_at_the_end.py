# Shows: a gathering whose children end as the loop stops is let go of with the loop, the results after the gathering
import asyncio
import weakref


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


async def child(name):
    return Noisy(name)


async def main():
    gathering = asyncio.gather(child("first"), child("second"))
    weakref.finalize(gathering, print, "the gathering is gone")
    print(gathering.done())


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
print("stopped", len(loop._ready))
for handle in loop._ready:
    print(handle._callback.__qualname__, [task.get_name() for task in handle._args])
del handle
loop._ready.clear()
print("cleared")
loop.run_until_complete(main())
loop.close()
print("closed", len(loop._ready))
del loop
print("end")
