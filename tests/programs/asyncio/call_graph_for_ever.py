"""Futures that await each other for ever have no call graph."""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    first, second = loop.create_future(), loop.create_future()
    asyncio.future_add_to_awaited_by(first, second)
    asyncio.future_add_to_awaited_by(second, first)
    try:
        asyncio.capture_call_graph(first)
    except RecursionError as exc:
        print(type(exc).__name__)
        entry, count = exc.__traceback__, 0
        while entry:
            entry, count = entry.tb_next, count + 1
        print(count > 900)


asyncio.run(main())
