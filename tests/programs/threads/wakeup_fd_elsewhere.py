# Only the main thread may ask for a file that is told of signals, or say that there is none.
import signal
import threading


def asks():
    try:
        signal.set_wakeup_fd(-1)
    except ValueError as error:
        print(threading.current_thread().name, error)


print(signal.set_wakeup_fd(-1))
thread = threading.Thread(target=asks, name="other")
thread.start()
thread.join()
