"""At the end signals have no handlers any more, and what these kept goes."""
import signal


class Loses:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name, flush=True)


def handler(number, frame):
    print("signal", number, kept.name)


kept = Loses("known to a handler")
signal.signal(signal.SIGUSR1, handler)
signal.raise_signal(signal.SIGUSR1)
print("end")
