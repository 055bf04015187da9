import asyncio
import contextlib


def places(text):
    return [line.rsplit(", in ", 1)[-1].strip() for line in text.splitlines() if "Task(" not in line]


async def tidy(what):
    print(what)
    print(*places(asyncio.format_call_graph()), sep="\n")


async def work():
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(tidy, "the coroutine's callers")
        stack.callback(print, "the function's turn")
        pushed = stack.callback(print, "pushed first", sep="-")
        print(pushed is print)
    sync = contextlib.ExitStack()
    sync.callback(tidy, "never")
    (is_sync, wrapper), = sync._exit_callbacks
    print(is_sync, wrapper.__qualname__, wrapper.__wrapped__ is tidy)
    sync.pop_all()


async def main():
    await asyncio.create_task(work(), name="work")


asyncio.run(main())
