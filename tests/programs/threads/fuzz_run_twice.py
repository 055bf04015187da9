"""A thread whose run method is called by itself loses what it needs; no name is suggested for what is deleted."""

import threading


thread = threading.Thread(target=print, args=("once",))
thread.run()
try:
    thread.run()
except AttributeError as exc:
    print(exc, exc.name)


class Point:
    x = 1


point = Point()
point.started = True
try:
    del point.startet
except AttributeError as exc:
    print(exc, exc.name)
del point.target
