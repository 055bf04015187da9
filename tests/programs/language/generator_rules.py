"""What generators, coroutines, contexts and functions refuse, and in which words; frames as inspect shows them."""

import asyncio
import collections.abc
import contextvars
import gc
import inspect
import signal
import _thread
import types


def show(make):
    try:
        print(make())
    except BaseException as error:
        print(type(error).__name__, error)


def numbers():
    yield 1


def delegate(inner):
    yield from inner


async def five():
    return 5


@types.coroutine
def as_coroutine(inner):
    return (yield from inner)


async def through_generator():
    return await as_coroutine(five())


never = five()
show(lambda: list(delegate(never)))
never.close()
show(lambda: asyncio.run(through_generator()))
show(lambda: inspect.isawaitable(as_coroutine(None)))
show(lambda: hex(as_coroutine.__code__.co_flags & 0x1A0))
for bad in ["[await x for x in y]", "def f():\n    {await x: 1 for x in y}", "lambda: [await x for x in y]",
            "async def f():\n    [await x for x in y]\n    def g():\n        [[await x for x in y] for z in x]"]:
    show(lambda: compile(bad, "text", "exec"))

show(lambda: setattr(numbers(), "__name__", 1))
show(lambda: setattr(numbers(), "__qualname__", None))
show(lambda: numbers().throw(ValueError("a"), "x"))
show(lambda: numbers().throw(StopIteration("early")))
show(lambda: numbers().throw(int))

made = types.FunctionType(numbers.__code__, globals(), "made")
print(made.__name__, made.__qualname__, list(made()))
show(lambda: types.FunctionType(1, {}))
show(lambda: types.FunctionType(numbers.__code__, 1))
show(lambda: types.FunctionType(numbers.__code__, {}, 1))


def counter(start):
    def step(by=1):
        nonlocal start
        start += by
        return start
    return step


step = counter(10)
again = types.FunctionType(step.__code__, globals(), None, (5,), step.__closure__)
print(step(), again(), step(2))
show(lambda: types.FunctionType(step.__code__, {}))
show(lambda: types.FunctionType(step.__code__, {}, closure=()))
show(lambda: types.FunctionType(step.__code__, {}, closure=(1,)))

context = contextvars.copy_context()
print(isinstance(context, collections.abc.Mapping))
show(lambda: contextvars.Context(1))
show(lambda: contextvars.Context(a=1))
show(lambda: context.run())
show(lambda: context[1])
show(lambda: "a" in context)
show(lambda: context.get(1))
show(lambda: contextvars.Token())
show(lambda: hash(context))
for base in [contextvars.Context, contextvars.ContextVar]:
    show(lambda: type("Derived", (base,), {}))


def where():
    info = inspect.getframeinfo(inspect.currentframe().f_back)
    return info.function, info.lineno, info.code_context, info.index


def caller():
    return where()


print(caller())
print(inspect.getframeinfo(inspect.currentframe(), context=3).code_context)
print([frame.function for frame in (lambda: inspect.stack())()][:2])
try:
    [].pop()
except IndexError as error:
    print([(entry.function, entry.lineno) for entry in inspect.getinnerframes(error.__traceback__)])
    print([entry.function for entry in inspect.trace()])

item = [1]
holders = [[item], {"item": item}, (item,)]
found = gc.get_referrers(item)
print([any(holder is one for one in found) for holder in holders])


class Steps:
    def __init__(self, awaitable):
        self.awaitable = awaitable

    def __anext__(self):
        return self.awaitable


def drive(awaitable):
    async def main():
        return await anext(Steps(awaitable), "default")
    coroutine, sent = main(), []
    try:
        while True:
            sent.append(coroutine.send(None))
    except StopIteration as stop:
        return sent, stop.value


@types.coroutine
def yields(value):
    yield value
    return value + 1


show(lambda: drive(yields(8)))
show(lambda: drive(iter("ab")))
show(lambda: drive(5))

for handler in [signal.SIG_IGN, signal.SIG_DFL]:
    signal.signal(signal.SIGINT, handler)
    _thread.interrupt_main()
    print("not interrupted")
signal.signal(signal.SIGINT, lambda number, frame: print("handled", number))
_thread.interrupt_main()
show(lambda: _thread.interrupt_main(999))
