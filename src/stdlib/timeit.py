"""How long code takes: on the virtual clock computing takes no time, sleeping does."""

import gc
import itertools
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter


def _runner(code, namespace, what):
    """A function that runs a piece of source, or calls what is callable."""
    if isinstance(code, str):
        compiled = compile(code, "<timeit-src>", "exec")
        return lambda: exec(compiled, namespace)
    if callable(code):
        return code
    raise ValueError(f"{what} is neither a string nor callable")


class Timer:
    """Times a statement."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        namespace = dict(globals) if globals is not None else {}
        self._setup = _runner(setup, namespace, "setup")
        self._statement = _runner(stmt, namespace, "stmt")

    def timeit(self, number=default_number):
        """The time that so many executions take together."""
        self._setup()
        start = self.timer()
        for _ in itertools.repeat(None, number):
            self._statement()
        return self.timer() - start

    def repeat(self, repeat=default_repeat, number=default_number):
        """Several measurements."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """So many executions that they take 0.2 seconds, and their time."""
        number = 1
        while True:
            for factor in (1, 2, 5):
                taken = self.timeit(number * factor)
                if callback:
                    callback(number * factor, taken)
                if taken >= 0.2:
                    return number * factor, taken
            number *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """The time that so many executions of a statement take."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(
    stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None
):
    """Several such measurements."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
