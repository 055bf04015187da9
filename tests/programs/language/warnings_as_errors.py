"""A coroutine that is never awaited, where warnings are errors: nobody can catch that one, so it is reported."""

import warnings

warnings.simplefilter("error")


async def work():
    pass


work()
print("after the lost one")
kept = work()
kept.close()
try:
    warnings.warn("not so loud")
except UserWarning as error:
    print("raised:", error)
