# Each thread has its own mask of signals, and inherits that of the thread that starts it.
import os
import queue
import signal
import threading


def names():
    return sorted(s.name for s in signal.pthread_sigmask(signal.SIG_BLOCK, []))


def pending():
    return sorted(s.name for s in signal.sigpending())


def handler(signum, frame):
    print("handler", signal.Signals(signum).name, threading.current_thread().name)


def run(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


signal.signal(signal.SIGUSR1, handler)
signal.signal(signal.SIGUSR2, handler)

print("inherited")
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])


def inherits():
    print("thread", names(), pending())
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
    print("own", names())
    signal.raise_signal(signal.SIGUSR2)
    print("held", pending())
    run(lambda: print("nested", names(), pending()))
    os.kill(os.getpid(), signal.SIGUSR1)        # the main thread holds it back, this one does not
    print("taken", pending())


run(inherits)
print("main", names(), pending())

print("held back by all")
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGUSR2])
os.kill(os.getpid(), signal.SIGUSR2)
signal.raise_signal(signal.SIGUSR1)
print("main", pending())


def takes():
    print("thread", names(), pending())
    print("takes", signal.sigtimedwait([signal.SIGUSR1, signal.SIGUSR2], 0).si_signo)
    print("takes", signal.sigtimedwait([signal.SIGUSR1, signal.SIGUSR2], 0))


run(takes)
print("main", pending())
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
print("forgotten", pending())
signal.signal(signal.SIGUSR1, handler)
signal.raise_signal(signal.SIGUSR1)


def releases():
    os.kill(os.getpid(), signal.SIGUSR2)
    print("held", pending())
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    print("released", pending())


run(releases)
print("main", pending())

print("sent to a thread")
idents, go = queue.SimpleQueue(), queue.SimpleQueue()


def lives():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
    idents.put(threading.get_ident())
    go.get()
    print("thread", pending())


thread = threading.Thread(target=lives)
thread.start()
ident = idents.get()
signal.pthread_kill(ident, signal.SIGUSR2)
signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
print("main", pending())
go.put(None)
thread.join()
signal.pthread_sigmask(signal.SIG_SETMASK, [])
print("main", pending())

print("waited for")
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
waiting = threading.Thread(target=lambda: print("waited", signal.sigwait([signal.SIGUSR1]).name))
waiting.start()
os.kill(os.getpid(), signal.SIGUSR1)
waiting.join()
print("main", pending())


def refused(function, *args):
    try:
        print(function.__name__, function(*args))
    except (OSError, ValueError, TypeError) as error:
        print(function.__name__, type(error).__name__, error)


refused(signal.pthread_sigmask, signal.SIG_BLOCK, [70])
refused(signal.pthread_sigmask, 9, [0])
refused(signal.pthread_sigmask, 9, [1])
refused(signal.sigwait, ["x"])
refused(signal.sigtimedwait, [65], 0)
for number in 0, 70, -1:
    refused(signal.pthread_kill, threading.get_ident(), number)
    refused(os.kill, os.getpid(), number)
    refused(signal.raise_signal, number)
