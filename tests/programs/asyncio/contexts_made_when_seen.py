# Contexts in which nothing is set: who has them, when they are entered, and what is set in them later.
import asyncio
import contextvars
import threading

var = contextvars.ContextVar("var", default="unset")


async def looks():
    own = asyncio.current_task().get_context()
    var.set("set after looking")
    print("looked:", own[var], var.get())
    try:
        own.run(print, "never printed")
    except RuntimeError as error:
        print("own context:", str(error).split(" object at")[0], str(error).split("> ")[-1])
    await asyncio.sleep(0)
    print("after a turn:", own[var], var.get(), own is asyncio.current_task().get_context())


async def sets():
    var.set("set first")
    print("set:", asyncio.current_task().get_context()[var])
    inner = asyncio.create_task(reads("inner"))
    var.set("set later")
    await inner
    print("outer:", var.get())


async def reads(name):
    print(name, "reads", var.get())
    await asyncio.sleep(0)
    print(name, "reads", var.get())
    var.set(name)
    return asyncio.current_task().get_context()


async def seen_from_outside():
    task = asyncio.create_task(reads("seen"), name="seen")
    context = task.get_context()
    print("before it runs:", var in context, len(context))
    context.run(var.set, "from outside")
    got = await task
    print("afterwards:", got is context, context[var], var.get())


async def entered_elsewhere():
    task = asyncio.current_task()
    def other():
        try:
            task.get_context().run(print, "never printed")
        except RuntimeError as error:
            print("in a thread:", str(error).split("> ")[-1])
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    var.set("still mine")
    print(task.get_context()[var])


async def callbacks():
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def first():
        var.set("by first")
        loop.call_soon(second)

    def second():
        print("second reads", var.get())
        var.set("by second")

    handle = loop.call_soon(first)
    print("handle:", len(handle.get_context()))
    loop.call_later(0.01, done.set_result, None)
    await done
    print("handle:", handle.get_context()[var], "task:", var.get())


async def nested():
    context = contextvars.copy_context()
    def inside():
        var.set("inside")
        return contextvars.copy_context()
    copied = context.run(inside)
    print("nested:", context[var], copied[var], var.get())
    print("equal:", contextvars.copy_context() == asyncio.current_task().get_context())


async def eager():
    loop = asyncio.get_running_loop()
    def set_it():
        var.set("eagerly")
        return var.get()
    async def child():
        first = set_it()
        await asyncio.sleep(0)
        return first, var.get()
    task = asyncio.Task(child(), loop=loop, eager_start=True)
    print("eager parent:", var.get())
    print("eager child:", await task)


async def main():
    for step in [looks, sets, seen_from_outside, entered_elsewhere, callbacks, nested, eager]:
        print("--", step.__name__)
        await asyncio.create_task(step())
    print("--", "main:", var.get())
    print(await asyncio.gather(*[asyncio.create_task(reads(str(n))) for n in range(2)]) == [{}, {}])


asyncio.run(main())
