import asyncio

def note(name):
    def callback(future):
        print(name, future.result())
    return callback

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    a, b = note("a"), note("b")
    for callback in (a, b, a):
        future.add_done_callback(callback)
    print(future.remove_done_callback(a), future.remove_done_callback(a))
    future.set_result(1)
    future.add_done_callback(a)
    print("set")
    await asyncio.sleep(0)
    try:
        future.set_result(2)
    except asyncio.InvalidStateError as error:
        print(error)
    print(future.cancel())

asyncio.run(main())
