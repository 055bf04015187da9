"""Two threads read, add and write: one addition may be lost."""

import threading

total = 0


def deposit():
    global total
    for _ in range(3):
        total = total + 1


threads = [threading.Thread(target=deposit) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("right" if total == 6 else "wrong")
