"""Futures of executors in an event loop, by hand and by run_in_executor."""

import asyncio, concurrent.futures, threading, time
async def main():
    f = concurrent.futures.Future()
    threading.Timer(0.3, f.set_result, ("hand",)).start()
    print(await asyncio.wrap_future(f))
    g = concurrent.futures.Future(); w = asyncio.wrap_future(g); w.cancel(); await asyncio.sleep(0); print(g.cancelled())
    h = concurrent.futures.Future(); w = asyncio.wrap_future(h)
    threading.Timer(0.1, h.set_exception, (ValueError("v"),)).start()
    try: await w
    except ValueError as e: print(e)
    loop = asyncio.get_running_loop()
    r = await asyncio.gather(*(loop.run_in_executor(None, lambda i=i: (time.sleep(0.1), threading.current_thread().name)[1]) for i in range(3))); print(r)
    print(loop._default_executor is not None)
    await loop.shutdown_default_executor()
    try: await loop.run_in_executor(None, print)
    except RuntimeError as e: print(e)
asyncio.run(main())
