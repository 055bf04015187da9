"""A traceback at the very end shows lines of files that were read before, without telling parts of expressions apart."""

import logging
import traceback


def fails(n):
    return [1, 2][n] + (lambda: 1 / 0)()


class Late:
    def __init__(self):
        self.itself = self

    def __del__(self):
        try:
            fails(0) + 1
        except ZeroDivisionError:
            logging.error("late", exc_info=True)
            result = traceback.format_exc()
            print(result, end="")


try:
    fails(0) + 1
except ZeroDivisionError:
    traceback.print_exc()
kept = Late()
