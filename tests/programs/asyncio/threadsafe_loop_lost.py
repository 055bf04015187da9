import asyncio
import gc


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('gone:', self.name)


def callback(told):
    print('called', told.name)


loop = asyncio.new_event_loop()
loop.set_debug(False)
loop.call_soon_threadsafe(callback, Told('argument'))
loop = None
gc.collect()
print('collected')
# The future does not keep the loop.
future = asyncio.run_coroutine_threadsafe(asyncio.sleep(1, Told('result')), asyncio.new_event_loop())
gc.collect()
print('collected')
print(future.done())
