import asyncio

async def work():
    pass

async def main():
    loop = asyncio.get_running_loop()
    tries = [lambda: loop.call_soon(work), lambda: loop.call_later(1, 5), lambda: loop.call_at(1, work),
             lambda: loop.run_in_executor(None, work), lambda: loop.call_soon_threadsafe(3)]
    for attempt in tries:
        try:
            attempt()
        except TypeError as error:
            print(str(error).split(" at 0x")[0])

asyncio.run(main(), debug=True)
