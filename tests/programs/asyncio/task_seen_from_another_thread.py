# Shows: a coroutine that runs in another thread has a frame, and callers
import asyncio
import inspect
import io
import threading


def look(task):
    coroutine = task.get_coro()
    frame = coroutine.cr_frame
    print(frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, frame is coroutine.cr_frame)
    print(coroutine.cr_running, coroutine.cr_suspended, inspect.getcoroutinestate(coroutine))
    names = []
    while frame is not None:
        if frame.f_code.co_filename == __file__:
            names.append(frame.f_code.co_name)
        frame = frame.f_back
    print(names)
    text = io.StringIO()
    task.print_stack(file=text)
    print(text.getvalue().splitlines()[0].partition(" for ")[0])
    print([line.strip() for line in text.getvalue().splitlines() if "thread.join()" in line or "waits()" in line])
    print("running" in repr(task))


async def waits():
    thread = threading.Thread(target=look, args=[asyncio.current_task()])
    thread.start()
    thread.join()


async def main():
    await waits()
    await asyncio.sleep(0)


asyncio.run(main())
