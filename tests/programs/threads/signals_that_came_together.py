# Shows: signals that came while the main thread waited are handled once each, those of low numbers first
import signal
import threading


def on_signal(number, frame):
    print("handler of", signal.Signals(number).name)


def raises():
    for number in signal.SIGWINCH, signal.SIGUSR1, signal.SIGWINCH, signal.SIGHUP, signal.SIGUSR1:
        signal.raise_signal(number)
    print("raised")


for number in signal.SIGWINCH, signal.SIGUSR1, signal.SIGHUP:
    signal.signal(number, on_signal)
thread = threading.Thread(target=raises)
thread.start()
thread.join()
print("joined")
raises()
