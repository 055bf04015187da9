import asyncio

async def work(n):
    await asyncio.sleep(n / 10)
    return n

for n in range(2):
    loop = asyncio.new_event_loop()
    print(loop.run_until_complete(work(n)), loop.is_running())
    loop.close()
    print(loop.is_closed())
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(error)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)
task = loop.create_task(work(1))
loop.call_later(.05, loop.stop)
loop.run_forever()
print(task.done())
loop.run_forever if False else print(loop.run_until_complete(task))
asyncio.set_event_loop(None)
loop.close()
