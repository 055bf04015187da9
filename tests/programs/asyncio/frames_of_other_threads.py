"""The frame objects of functions that another thread runs: where they are, and their variables."""
import asyncio
import sys
import threading


def work(started, go):
    x = 1
    frames.append(sys._getframe())
    started.set()
    go.wait()
    x = 2
    y = 3
    started.set()
    go.wait()


def show(frame):
    print(frame.f_code.co_name, frame.f_lineno, {name: frame.f_locals.get(name) for name in ("x", "y")})


frames = []
started, go = threading.Event(), threading.Event()
thread = threading.Thread(target=work, args=(started, go))
thread.start()
started.wait()
show(frames[0])
started.clear()
go.set()
go.clear()
started.wait()
show(frames[0])
go.set()
thread.join()
show(frames[0])


async def failing():
    raise ValueError("early")


async def main():
    task = asyncio.create_task(failing())
    try:
        await task
    except ValueError:
        x = "caught"
    await asyncio.to_thread(task.print_stack)
    here = sys._getframe()
    await asyncio.to_thread(show, here)
    x = "later"
    await asyncio.to_thread(show, here)
    await asyncio.to_thread(asyncio.current_task().print_stack)


asyncio.run(main())
