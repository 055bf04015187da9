"""The callbacks that gather gives its children, with the contexts in which they are called."""

import asyncio
import contextvars

number = contextvars.ContextVar("number")


async def child(result):
    await asyncio.sleep(0)
    return result


def shown(task):
    pairs = task._callbacks or []
    return [(callback.__qualname__, type(context).__name__, dict(context.items()) if number in context else {})
            for callback, context in pairs]


async def look(what):
    tasks = [asyncio.create_task(child(n)) for n in range(2)]
    future = asyncio.get_running_loop().create_future()
    gathering = asyncio.gather(*tasks, child(2), future)
    first, second = tasks
    print(what, len(shown(first)), [name for name, *_ in shown(first)], [kind for _, kind, _ in shown(first)])
    contexts = [task._callbacks[0][1] for task in (first, second, future)]
    print("the same at each look:", contexts[0] is first._callbacks[0][1], "one for all:", contexts[0] is contexts[1])
    print("values:", [context.get(number, "none") for context in contexts])
    first.add_done_callback(lambda task: print("first is done in", number.get("none")))
    print("with another one:", len(first._callbacks))
    removed = second.remove_done_callback(second._callbacks[0][0])
    print("removed:", removed, second._callbacks)
    future.set_result("future")
    done, pending = await asyncio.wait([gathering], timeout=1)
    print("the gathering misses the one without its callback:", len(done), len(pending))
    gathering.cancel()


async def main():
    await look("without a variable:")
    number.set(7)
    await look("with one:")
    print(await asyncio.gather(child(1), child(2)))


asyncio.run(main())
