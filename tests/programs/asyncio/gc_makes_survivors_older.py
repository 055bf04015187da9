# Shows: gc.collect() changes the order in which later collections run finalisers: what only others refer to comes last
import asyncio
import gc


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        print(self.name, end=" ")


def pair(first, second):
    one, two = Node(first), Node(second)
    one.other, two.other = two, one
    return one, two


def collect(between, keep):
    one, two = pair("older", "younger")
    kept = [one, two][keep]
    del one, two
    if between:
        gc.collect()
    del kept
    gc.collect()
    print()


gc.collect()
for between in False, True:
    for keep in 0, 1:
        collect(between, keep)


async def main():
    task = asyncio.create_task(asyncio.sleep(1))
    await asyncio.sleep(0)
    gc.collect()


loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda loop, context: print(context["message"], context["task"].get_coro().cr_frame is None))
loop.run_until_complete(main())
del loop
gc.collect()
