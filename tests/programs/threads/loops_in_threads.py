"""Tasks of several event loops, each in a thread of its own."""

import asyncio, threading, time
async def work(name, delay):
    for i in range(3):
        await asyncio.sleep(delay)
        print(name, i, threading.current_thread().name, asyncio.current_task().get_name())
    return name
def run(name, delay):
    with asyncio.Runner() as runner:
        print("result", runner.run(work(name, delay)))
ts = [threading.Thread(target=run, args=(f"l{i}", 0.1 * (i + 1)), name=f"loop-{i}") for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(threading.active_count())
