import asyncio
class L(asyncio.Lock):
    async def acquire(self):
        print('acquire'); r = await super().acquire(); print('got'); return r
    def release(self): print('release'); super().release()
class Q(asyncio.Queue):
    def _init(self, maxsize): self._queue = []
    def _get(self): return self._queue.pop()
    def _put(self, x): self._queue.append(x); self._queue.sort(key=lambda t: -t)
    def qsize(self): return len(self._queue)
class E(asyncio.Event):
    def set(self): print('set'); super().set()
class S(asyncio.Semaphore):
    def locked(self): return super().locked()
    def release(self): print('rel'); super().release()
async def user(l, n):
    async with l:
        print('in', n); await asyncio.sleep(.1)
async def main():
    l = L()
    await asyncio.gather(*(user(l, i) for i in range(3)))
    c = asyncio.Condition(l)
    async with c: print(c.locked(), c)
    q = Q(2)
    async def put():
        for i in (3, 1, 2, 5): await q.put(i); print('put', i)
    async def get():
        for _ in range(4): await asyncio.sleep(.1); print('get', await q.get()); q.task_done()
    await asyncio.gather(put(), get()); await q.join(); print(q)
    e = E(); asyncio.get_running_loop().call_later(.1, e.set); print(await e.wait(), e)
    s = S(1)
    await asyncio.gather(*(user(s, i) for i in range(3))); print(s)
    class B(asyncio.Barrier):
        async def wait(self):
            r = await super().wait(); print('passed', r); return r
    b = B(2); await asyncio.gather(b.wait(), b.wait())
    class TG(asyncio.TaskGroup):
        def create_task(self, coro, **kw): print('tg', kw); return super().create_task(coro, **kw)
        async def __aexit__(self, *a): print('exit', a[0]); return await super().__aexit__(*a)
    async with TG() as tg: tg.create_task(user(s, 9), name='q')
    class T(asyncio.Timeout):
        def reschedule(self, w): print('resched', w); super().reschedule(w)
    try:
        async with T(asyncio.get_running_loop().time() + .1) as t: await asyncio.sleep(1)
    except TimeoutError: print(t, t.expired())
asyncio.run(main())
