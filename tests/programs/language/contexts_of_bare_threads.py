# A loop in a thread that has had no context yet: what its callbacks set stays in their own contexts.
import _thread
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")
done = _thread.allocate_lock()


def first():
    var.set("by first")
    print("first", var.get())


def run(loop):
    loop.run_forever()
    print("afterwards", var.get(), len(contextvars.copy_context()))
    done.release()


loop = asyncio.new_event_loop()
loop.call_soon(first)
loop.call_soon(lambda: print("second", var.get()))
loop.call_soon(loop.stop)
done.acquire()
_thread.start_new_thread(run, (loop,))
done.acquire()
loop.close()
