"""The default handler of interrupts is a built-in function like others."""
import signal

print(signal.default_int_handler, type(signal.default_int_handler).__name__)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print(signal.signal(signal.SIGUSR1, signal.default_int_handler))
for arguments in [(signal.SIGUSR1, None), (2,), ()]:
    try:
        signal.default_int_handler(*arguments)
    except BaseException as e:
        print(type(e).__name__, e.args)
try:
    signal.raise_signal(signal.SIGUSR1)
except KeyboardInterrupt as e:
    print("interrupted", e.args)
