# The line at which the name of an except clause lets go of its exception, where the clause is left in another way than by
# its end.
import sys


class CM:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return True


class R(Exception):
    pass


class D:
    def __del__(self):
        print("gone at", sys._getframe(1).f_lineno)


def f(n):
    try:
        raise R(D())
    except R as e:
        try:
            return n
        finally:
            with CM() as w:
                pass


def g(n):
    try:
        raise R(D())
    except R as e:
        with CM() as w:
            pass
    return n


def h(n):
    try:
        raise R(D())
    except R as e:
        if n:
            n += 1
        else:
            n -= 1


def i(n):
    try:
        raise R(D())
    except R as e:
        for x in range(n):
            if x == 2:
                return x
            if x == 1:
                break


def j(n):
    for x in range(2):
        try:
            raise R(D())
        except R as e:
            try:
                continue
            finally:
                with CM():
                    x += 1


def k(n):
    try:
        raise R(D())
    except R as e:
        try:
            if n:
                return 1
            else:
                return 2
        finally:
            if n:
                n = 3
            else:
                n = 4


for fn in (f, g, h, i, j, k):
    for n in (0, 3):
        print(fn.__name__, n)
        fn(n)
