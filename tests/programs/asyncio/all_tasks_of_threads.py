import asyncio
import threading


def names(tasks):
    return sorted(task.get_name() for task in tasks)


async def sleeper():
    await asyncio.sleep(1)


async def main(loop):
    here = asyncio.create_task(sleeper(), name='here')
    await asyncio.sleep(0)
    # Each thread has a list of the tasks that it made. Where the loop runs in this one, only that is looked through.
    print('inside', names(asyncio.all_tasks()), names(asyncio.all_tasks(loop)))
    print('from a thread', names(await asyncio.to_thread(asyncio.all_tasks, loop)))
    await here


def make(loop):
    loop.create_task(sleeper(), name='of a thread')


loop = asyncio.new_event_loop()
maker = threading.Thread(target=make, args=(loop,))
maker.start()
maker.join()
print('before', names(asyncio.all_tasks(loop)))
loop.run_until_complete(main(loop))
print('after', names(asyncio.all_tasks(loop)))
loop.close()
