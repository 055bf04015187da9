# A recursion without an end: how many frames fit, in the main thread and in others, and the report of the last one.
import sys
import threading


def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


def up(n):
    return 0 if n == 0 else 1 + up(n - 1)


print("main", depth(), "of", sys.getrecursionlimit())
thread = threading.Thread(target=lambda: print("thread", depth()))
thread.start()
thread.join()
sys.setrecursionlimit(100)
print("lowered", depth(), "of", sys.getrecursionlimit())
sys.setrecursionlimit(1000)
print(up(998))
try:
    up(999)
except RecursionError as err:
    print(err)


def forever(n):
    return forever(n + 1)


forever(0)
