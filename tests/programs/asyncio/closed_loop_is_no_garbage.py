"""A loop that is closed goes without the collector, and so do weak containers."""
import asyncio
import gc
import weakref


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: None)
    await asyncio.create_task(asyncio.sleep(1))


gc.disable()
print("at the start", gc.collect())
asyncio.run(main())
print("after a loop", gc.collect())

kept = Noted("kept")
by_key = weakref.WeakKeyDictionary()
by_key[kept] = Noted("a value")
del by_key
by_value = weakref.WeakValueDictionary(kept=kept)
kept_set = weakref.WeakSet([kept])
print(len(by_value), len(kept_set))
del kept
print(len(by_value), len(kept_set))
del by_value, kept_set
print("after weak containers", gc.collect())
