import asyncio
async def main():
    t = asyncio.create_task(asyncio.sleep(0.1))
    t.add_done_callback(lambda t: print("cb1"))
    t.add_done_callback(lambda t: print("cb2"))
    await t
    f = asyncio.get_running_loop().create_future()
    f.add_done_callback(lambda t: print("cb1"))
    f.add_done_callback(lambda t: print("cb2"))
    f.set_result(1)
    await asyncio.sleep(0)
    print("end")
asyncio.run(main(), debug=True)
