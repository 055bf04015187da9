"""A callback that ends the program: its exception is gone with the handler that catches it, and what it held with it."""
import asyncio


class Kept:
    def __del__(self):
        print("gone")


def leave():
    kept = Kept()
    raise SystemExit(3)


async def main():
    asyncio.get_running_loop().call_soon(leave)
    await asyncio.sleep(1)


with asyncio.Runner() as runner:
    try:
        runner.run(main())
    except SystemExit as error:
        print("caught", error)
    print("behind")
