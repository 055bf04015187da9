"""What only a handle still holds: its arguments go before its callback, with what that closes over."""

import asyncio


async def fail(number):
    print("failing", number)
    raise KeyError(number)


async def begin():
    asyncio.shield(fail(1))


async def main():
    await begin()
    raise ValueError("held by a callback of the shield")


loop = asyncio.new_event_loop()
loop.create_task(main())
loop.run_until_complete(asyncio.sleep(1))
print("end")
loop.close()
