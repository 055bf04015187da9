"""What a thread has in a `threading.local` goes when that thread ends; what the main thread has, at the end of the program."""

import threading


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


class Own(threading.local):
    def __init__(self):
        self.made = Told(f"made in {threading.current_thread().name}")


def work():
    local.value = Told("in the thread")
    own.value = Told("own, in the thread")
    print("in the thread")


local, own = threading.local(), Own()
print(type(local).__name__, type(local).__qualname__, type(local).__module__)
for fails in (lambda: local.missing, lambda: own.missing, lambda: setattr(local, "__dict__", {}), lambda: len(local)):
    try:
        fails()
    except (AttributeError, TypeError) as exc:
        print(exc)
local.value, local.itself = Told("in the main thread"), local
thread = threading.Thread(target=work, name="worker")
thread.start()
thread.join()
lost = threading.local()
lost.value, lost.itself = Told("lost in a cycle"), lost
del lost
print("end")
