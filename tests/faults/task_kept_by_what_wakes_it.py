import asyncio
import gc


async def wait_for(future, results):
    results.append(await future)


async def main():
    results = []
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(0.2, future.set_result, "here it is")
    task = loop.create_task(wait_for(future, results))
    waiting = {task}
    task.add_done_callback(waiting.discard)
    del task, future
    await asyncio.sleep(0.1)
    gc.collect()
    await asyncio.sleep(0.2)
    print(results, waiting)


asyncio.run(main())
