"""A misspelt name is compared with the variables that have a value, not with those that never got one."""

import traceback


def before():
    print(yelow)
    yellow = 1
    return yellow


def after():
    yellow = 1
    print(yelow, yellow)


def emptied():
    yellow = 1
    del yellow
    print(yelow)


def shared():
    def inner():
        return yellow
    try:
        print(yelow)
    finally:
        yellow = 1
    return inner


def shared_late():
    def inner():
        return yellow
    print(yelow)
    yellow = 1
    return inner


def generates():
    yellow = 1
    yield yellow
    print(yelow)


for function in before, after, emptied, shared, shared_late, lambda: list(generates()):
    try:
        function()
    except NameError:
        print(traceback.format_exc().splitlines()[-1])

try:
    class Body:
        yellow = 1
        print([yelow for _ in range(1)])
except NameError:
    print(traceback.format_exc().splitlines()[-1])
