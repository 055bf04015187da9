"""Processes by hand: names, statuses, signals, queues."""

import multiprocessing as mp
import os
import sys
import threading
import time
from queue import Empty, Full


def answer(queue, number):
    queue.put((number, mp.current_process().name, os.getpid() != os.getppid(), threading.active_count()))
    sys.exit(number)


def fail():
    raise ValueError("in the child")


def wait():
    time.sleep(100)


class Talking(mp.Process):
    def run(self):
        print(self.name, "runs", threading.current_thread().name, flush=True)


if __name__ == "__main__":
    queue = mp.Queue()
    processes = [mp.Process(target=answer, args=(queue, number)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(sorted(queue.get() for _ in processes), [process.exitcode for process in processes])
    for process in Talking(), mp.Process(target=fail):
        process.start()
        process.join()
        print(process.name, process.exitcode, process.is_alive())
    for end in mp.Process.terminate, mp.Process.kill:
        process = mp.Process(target=wait)
        process.start()
        print(process.is_alive(), process.exitcode, process in mp.active_children())
        end(process)
        process.join()
        print(process.exitcode, mp.active_children())
    bounded = mp.Queue(1)
    bounded.put([1, 2])
    try:
        bounded.put(3, timeout=0.1)
    except Full:
        print("full")
    time.sleep(0.1)
    print(bounded.get())
    try:
        bounded.get(timeout=0.1)
    except Empty:
        print("empty")
    print(mp.get_start_method(), mp.current_process().name, mp.parent_process())
