# Two waits, one thread: the tea brews while the
# bread toasts. Press → and watch who runs when.
import asyncio


async def make(what, seconds):
    print("start the", what)
    await asyncio.sleep(seconds)  # others may run
    print("the", what, "is ready")


async def main():
    tea = asyncio.create_task(make("tea", 2), name="tea")
    toast = asyncio.create_task(make("toast", 1), name="toast")
    await tea
    await toast
    print("breakfast after 2 seconds, not 3")


asyncio.run(main())
