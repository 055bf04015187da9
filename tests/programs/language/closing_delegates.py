"""While a generator is closed that another one delegates to, that one is not on the stack."""
import sys


def names():
    frame, found = sys._getframe(1), []
    while frame:
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


class Told:
    def __del__(self):
        print("gone", names())


def inner():
    told = Told()
    try:
        yield 1
    finally:
        print(names())


def outer():
    try:
        yield from inner()
    finally:
        print(names())


class Iterator:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, *error):
        print(names())
        raise KeyError("thrown")

    def close(self):
        print(names())
        raise KeyError("closed")


def other():
    yield from Iterator()


async def awaited():
    try:
        await Wait()
    finally:
        print(names())


class Wait:
    def __await__(self):
        yield


async def awaiting():
    await awaited()


def tell(function, *arguments):
    try:
        function(*arguments)
    except BaseException as error:
        print(repr(error), list(lines(error)))
    finally:
        arguments = None


def lines(error):
    traceback = error.__traceback__
    while traceback:
        yield traceback.tb_frame.f_code.co_name
        traceback = traceback.tb_next


for make in outer, other:
    for error in ValueError("thrown"), GeneratorExit():
        generator = make()
        next(generator)
        tell(generator.throw, error)
    generator = make()
    next(generator)
    tell(generator.close)
generator = outer()
next(generator)
del generator
coroutine = awaiting()
coroutine.send(None)
coroutine.close()
