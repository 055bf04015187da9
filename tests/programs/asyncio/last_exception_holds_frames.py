"""What ends a program stays with its frames as sys.last_exc, until the interpreter takes its modules apart."""
import asyncio
import atexit
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


async def forgotten():
    pass


async def child():
    with asyncio.Runner():
        pass


def at_exit():
    print("at exit:", repr(sys.last_exc), sys.last_type.__name__, sys.last_exc is sys.last_value)
    print("in the frame:", sys.last_traceback.tb_next is not None)


async def main():
    held, lost = Noisy("variable of main"), forgotten()
    cycle = Noisy("in a cycle")
    cycle.itself = cycle
    cycle = None
    try:
        await child()
    except RuntimeError:
        raise KeyError("by hand")


atexit.register(at_exit)
everywhere = Noisy("global")
asyncio.run(main())
