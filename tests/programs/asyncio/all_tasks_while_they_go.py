import asyncio
import gc


def names():
    return sorted(task.get_name() for task in asyncio.all_tasks(loop))


def told(loop, context):
    print('told', context['message'], context['task'].get_name(), names())


async def waits(name):
    try:
        await loop.create_future()
    finally:
        print('closing', name, names())


async def never():
    pass


async def main():
    for name in 'ab':
        asyncio.create_task(waits(name), name=name)
    await asyncio.sleep(0)


# A task is among all tasks until it is freed, while its finaliser runs and, in a cycle, those of the others.
loop = asyncio.new_event_loop()
loop.set_exception_handler(told)
loop.run_until_complete(main())
print('collect', names())
gc.collect()
print('collected', names())
# In a loop that is closed nothing holds it any more.
task = loop.create_task(never(), name='c')
loop.close()
print('closed', names())
task = None
print('lost', names())
