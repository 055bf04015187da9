# An exception that ends the loop keeps the handle that raised it, and what its task waited for.
import asyncio
import signal



async def lost():
    raise ValueError("kept")


def note(name):
    print("callback", name)


async def main():
    task = asyncio.create_task(lost())
    done = await asyncio.shield(asyncio.wait([task]))
    del task
    loop.call_soon(note, "not run")
    del done
    raise KeyboardInterrupt


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
try:
    loop.run_until_complete(main())
except KeyboardInterrupt as exc:
    print("interrupted")
    kept = exc
frames = []
at = kept.__traceback__
while at:
    frames.append(at.tb_frame.f_code.co_name)
    at = at.tb_next
print([name for name in frames if name in ("<module>", "main", "run_until_complete", "run_forever")])
print("let go")
at = kept = None
loop.run_until_complete(asyncio.sleep(0))
loop.close()
print("closed")
