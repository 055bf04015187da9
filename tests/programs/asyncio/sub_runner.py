import asyncio, contextvars
v = contextvars.ContextVar('v', default=0)
async def up(): v.set(v.get() + 1); return v.get()
with asyncio.Runner() as r:
    print(r.run(up()), r.run(up()), v.get(), r.get_loop() is r.get_loop())
    print(r.run(up(), context=contextvars.copy_context()), r.run(up()))
    try: r.run(3)
    except Exception as e: print(type(e), e)
    async def nested():
        try: asyncio.run(up())
        except RuntimeError as e: print(e)
        try: r.run(up())
        except RuntimeError as e: print(e)
    r.run(nested())
try: r.run(up())
except RuntimeError as e: print(e)
try: r.get_loop()
except RuntimeError as e: print(e)
r = asyncio.Runner(debug=True); print(r.get_loop().get_debug()); r.close(); r.close()
class MyRunner(asyncio.Runner):
    def run(self, coro, **kw):
        print('run', coro.__name__); return super().run(coro, **kw)
    def close(self): print('closing'); super().close()
with MyRunner() as r: print(r.run(up()))
try: asyncio.Runner(loop_factory=lambda: None).run(up())
except Exception as e: print(type(e).__name__, e)
async def main():
    try: asyncio.run(up())
    except RuntimeError as e: print(e)
asyncio.run(main())
try: asyncio.run(lambda: 3)
except Exception as e: print(type(e).__name__, e)
class Aw:
    def __await__(self):
        yield from asyncio.sleep(.1).__await__()
        return 'aw'
print(asyncio.run(Aw()))
