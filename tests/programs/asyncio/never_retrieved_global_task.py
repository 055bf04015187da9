"""A task that failed and lies in a global variable is told of at the end, although the loop is kept."""
import asyncio
class Y:
    def __await__(self): return (yield None)
async def c3(): raise ValueError('bad')
async def main():
    global t1
    t1 = asyncio.create_task(c3())
    x = await asyncio.ensure_future(Y())
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
