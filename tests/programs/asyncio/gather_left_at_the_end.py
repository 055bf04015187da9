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


for looks in (False, True):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    print("stopped")
    if looks:
        for handle in loop._ready:
            print(handle._callback.__qualname__, [task.get_name() for task in handle._args])
        del handle
    loop.close()
    print("closed", len(loop._ready))
    del loop
    print("end")
