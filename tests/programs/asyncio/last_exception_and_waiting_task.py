import asyncio

never = asyncio.Event()


async def waits():
    await never.wait()


async def main():
    for step in asyncio.as_completed([waits()]):
        pass
    await asyncio.sleep(0)
    raise ValueError("the frames stay, and with them the step")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(asyncio.wait_for(main(), 5))
