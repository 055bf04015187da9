import asyncio
import contextvars

name = contextvars.ContextVar("name", default="nobody")

def show(where):
    print(where, name.get())

async def child(where):
    show(where)
    name.set("child")

async def main():
    loop = asyncio.get_running_loop()
    name.set("main")
    loop.call_soon(show, "copied")
    own = contextvars.Context()
    loop.call_soon(show, "own", context=own)
    await asyncio.create_task(child("task"))
    show("main keeps its own:")
    await asyncio.create_task(child("given"), context=own)
    print(own[name])
    await child("awaited")
    show("changed by the call:")
    print(await asyncio.to_thread(name.get))

asyncio.run(main())
