import asyncio
import sys


async def main():
    sys.stderr.write("no end of line ")
    asyncio.run(asyncio.sleep(0))


try:
    asyncio.run(main())
except RuntimeError as exc:
    kept = exc
