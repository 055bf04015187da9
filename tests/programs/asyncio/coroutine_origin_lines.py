# Where a coroutine was made, as debug mode tells: in a generator that goes with the loop that an exception leaves.
import sys


async def never():
    pass


def origin():
    coroutine = never()
    for _, line, name in coroutine.cr_origin:
        print("   ", name, line)
    coroutine.close()


def gen():
    try:
        yield 8
        yield 9
    finally:
        origin()


def in_finally():
    try:
        for _ in gen():
            raise KeyError
    finally:
        pass


def in_except():
    try:
        for _ in gen():
            for _ in gen():
                raise KeyError
    except KeyError:
        origin()


def left():
    for _ in gen():
        raise KeyError


def in_with():
    for _ in gen():
        with open_():
            raise KeyError


class open_:
    def __enter__(self):
        origin()

    def __exit__(self, *args):
        origin()


def in_group():
    try:
        for _ in gen():
            raise KeyError
    except* KeyError:
        origin()


def by_return():
    for _ in gen():
        return 1


def by_break():
    for _ in gen():
        break
    [0 for _ in gen()]


sys.set_coroutine_origin_tracking_depth(5)
for function in in_finally, in_except, left, in_with, in_group, by_return, by_break:
    print(function.__name__)
    try:
        function()
    except KeyError:
        pass
