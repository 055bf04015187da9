"""A lock that was handed over to a waiting thread and then released by another one is free, also for the thread."""
import threading
import time

lock = threading.Lock()


def work():
    try:
        with lock:
            print("got it,", lock.locked())
    except RuntimeError as error:
        print(error)


thread = threading.Thread(target=work)
with lock:
    thread.start()
    time.sleep(0.1)
lock.release()
thread.join()
