# Ten thousand threads wait at the same time: each
# needs a stack. They do not fit into 3 GiB.
import threading
import time


def customer():
    time.sleep(60)


threads = []
try:
    for _ in range(10_000):
        thread = threading.Thread(target=customer)
        thread.start()
        threads.append(thread)
except RuntimeError as error:
    print(f"after {len(threads):,} threads: {error}")
for thread in threads:
    thread.join()
print(f"{len(threads):,} threads have waited together")
