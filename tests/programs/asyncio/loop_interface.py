"""The interface of loops: what it takes, and what a loop without an operating system lacks."""

import asyncio


def told(call, *args, **kwargs):
    try:
        result = call(*args, **kwargs)
    except BaseException as exc:
        print(type(exc).__name__, exc)
        return
    if asyncio.isfuture(result):
        return
    try:
        result.send(None)
    except BaseException as exc:
        print("awaited:", type(exc).__name__, exc)


interface = asyncio.AbstractEventLoop()
told(interface.shutdown_default_executor, 1)
told(interface.shutdown_default_executor)
told(interface.run_forever, 1)
told(interface.call_soon)
told(interface.call_soon, print, 1)
told(interface.call_at, 1)
told(interface.create_connection, print, "host", 1, limit=2)
told(interface.create_connection, print, "host", 1, ssl=2)
told(interface.sock_recv, 1)
told(interface.set_debug)
told(asyncio.AbstractServer().start_serving, 1)

bare = asyncio.BaseEventLoop()
told(bare.call_soon_threadsafe, print, "never")
print(len(bare._ready))
told(bare.run_in_executor, None, print, "in a thread")
bare.close()
