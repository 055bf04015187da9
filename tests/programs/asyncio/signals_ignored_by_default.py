"""Some signals do nothing to a program that has no handler for them."""
import asyncio
import signal


def told(number):
    print("told", number)


async def main():
    loop = asyncio.get_running_loop()
    for number in (signal.SIGURG, signal.SIGWINCH, signal.SIGCHLD, signal.SIGCONT):
        signal.raise_signal(number)
        print(number.name, "survived")
    loop.add_signal_handler(signal.SIGURG, told, int(signal.SIGURG))
    signal.raise_signal(signal.SIGURG)
    print("raised")
    await asyncio.sleep(0.01)
    print(loop.remove_signal_handler(signal.SIGURG), signal.getsignal(signal.SIGURG))
    signal.raise_signal(signal.SIGURG)
    await asyncio.sleep(0.01)
    print("end")


asyncio.run(main())
