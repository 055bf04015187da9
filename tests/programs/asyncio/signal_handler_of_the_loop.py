import asyncio
import signal

async def main():
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    loop.add_signal_handler(signal.SIGUSR1, print, "user signal")
    loop.call_later(.1, signal.raise_signal, signal.SIGUSR1)
    loop.call_later(.2, signal.raise_signal, signal.SIGTERM)
    await stopped.wait()
    print(loop.remove_signal_handler(signal.SIGTERM), loop.remove_signal_handler(signal.SIGTERM))

asyncio.run(main())
