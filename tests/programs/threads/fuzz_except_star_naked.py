"""An exception that is no group is made one by except*, and the group's traceback begins there."""

import queue

items = queue.LifoQueue(3)
try:
    items.shutdown()
    raise RuntimeError("broken")
except* Exception as group:
    print(repr(group), group.__traceback__.tb_lineno)
    items.put(8, timeout=0.5)
