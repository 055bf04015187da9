"""At the end names have to be closer to be suggested, and what a module would import for a name is no longer there."""

import concurrent.futures
import logging


class Late:
    def __init__(self):
        self.itself = self

    def __del__(self):
        for fails in one_letter, longer, needs_import:
            try:
                fails()
            except Exception:
                logging.exception("late")


def c1():
    pass


def longer_name():
    pass


def one_letter():
    c2()


def longer():
    longer_nam()


def needs_import():
    print(concurrent.futures.ThreadPoolExecutor)


kept = Late()
