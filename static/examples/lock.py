# Three threads each read a balance, think, add 10.
# The lock lets one at a time do so: 30 in the end.
# Without "with lock:" money disappears. Try it.
import threading
import time

balance = 0
lock = threading.Lock()


def deposit(amount):
    global balance
    with lock:  # the others wait here
        seen = balance
        time.sleep(0.1)  # a slow computer
        balance = seen + amount
    print(threading.current_thread().name, "sees", seen)


tellers = [
    threading.Thread(target=deposit, args=(10,), name=name)
    for name in ("Ann", "Ben", "Cem")
]
for teller in tellers:
    teller.start()
for teller in tellers:
    teller.join()
print("balance:", balance)
