"""Two threads look whether there is a connection before they make one: both may make it."""

import threading

connections = []


def connect():
    if not connections:
        connections.append(threading.get_ident())


threads = [threading.Thread(target=connect) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("right" if len(connections) == 1 else "wrong")
