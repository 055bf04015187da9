"""What the system says of its signals."""
import signal

for number in range(1, 65):
    print(number, signal.strsignal(number))
print(len(signal.valid_signals()), 32 in signal.valid_signals(), 34 in signal.valid_signals())
