"""What a thread keeps in threading.local goes when the thread ends."""

import threading
import time

gone = []
own = threading.local()


class Resource:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        gone.append(self.number)


def work(number):
    own.resource = Resource(number)
    print("thread", number, own.resource.number, gone)


own.resource = Resource("main")
for number in range(3):
    thread = threading.Thread(target=work, args=(number,))
    thread.start()
    thread.join()
    time.sleep(0.1)
print(gone, own.resource.number)
