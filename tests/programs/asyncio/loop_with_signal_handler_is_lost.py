"""Signal handlers do not keep a loop that nobody refers to."""
import asyncio
import gc
import signal


async def main():
    asyncio.create_task(asyncio.sleep(2), name="sleeps")
    asyncio.get_running_loop().add_signal_handler(signal.SIGURG, print, "signal")


gc.disable()
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop = None
print("lost")
gc.collect()
print("collected")
signal.raise_signal(signal.SIGURG)
