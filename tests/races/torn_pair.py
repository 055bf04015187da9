"""A reader may see a pair of which only one half is new."""

import threading

first, second = 0, 0
torn = []


def write():
    global first, second
    for value in range(1, 4):
        first = value
        second = value


def read():
    for _ in range(3):
        seen = first, second
        if seen[0] != seen[1]:
            torn.append(seen)


threads = [threading.Thread(target=write), threading.Thread(target=read)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("wrong" if torn else "right")
