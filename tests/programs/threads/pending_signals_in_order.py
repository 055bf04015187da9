"""Signals that wait for the main thread are dealt with in the order of their numbers, whichever came first."""
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

lock = threading.RLock()
inner = ThreadPoolExecutor(3)


def on_alarm(number, frame):
    print("alarm", signal.Signals(number).name)


def work():
    signal.raise_signal(signal.SIGWINCH)
    print("raised")
    with lock:
        print("never before the main thread has gone")


def wait_for_it():
    print("after a while:", inner.submit(work).exception(0.5))


signal.signal(signal.SIGALRM, on_alarm)
print(signal.signal(signal.SIGWINCH, signal.default_int_handler))
print(signal.setitimer(signal.ITIMER_REAL, 0.1, 0.25))
try:
    with lock:
        for found in ThreadPoolExecutor(1).map(lambda n: wait_for_it(), [4]):
            print("found", found)
except KeyboardInterrupt:
    print("interrupted")
print(signal.setitimer(signal.ITIMER_REAL, 0)[1])
inner.shutdown()
