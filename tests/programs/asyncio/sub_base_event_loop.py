import asyncio, heapq
class Virtual(asyncio.BaseEventLoop):
    "A loop of its own: time by hand."
    def __init__(self):
        super().__init__(); self.now = 0.0
        class S:
            def select(s, timeout):
                print('select', timeout)
                if timeout: self.now += timeout
                return []
            def close(s): print('close selector')
        self._selector = S()
    def time(self): return self.now
    def _process_events(self, l): pass
    def _write_to_self(self): pass
async def f(n):
    print('start', n, asyncio.get_running_loop().time())
    await asyncio.sleep(n)
    print('end', n, asyncio.get_running_loop().time()); return n
async def main():
    return await asyncio.gather(f(1), f(2), f(.5))
loop = Virtual()
print(loop.run_until_complete(main()))
h = loop.call_later(3, print, 'later'); h2 = loop.call_later(2, loop.stop); h.cancel()
loop.run_forever()
print(loop.time(), loop.is_running(), loop)
loop.close(); print(loop)
with asyncio.Runner(loop_factory=Virtual) as r:
    print(r.run(f(7)))
