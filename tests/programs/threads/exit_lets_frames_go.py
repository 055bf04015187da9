"""SystemExit is no last exception: what its frames hold goes before threads are waited for."""
import sys
import threading
import time


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


async def lost():
    pass


def work():
    time.sleep(1)
    print("the thread ends", hasattr(sys, "last_exc"))


def leave():
    held, coroutine, other = Noisy("variable"), lost(), lost()
    sys.exit(3)


threading.Thread(target=work).start()
leave()
