# The iterator of as_completed is the last to refer to the task that went through it, and to another one: which goes first?
import asyncio


def report(loop, context):
    print("told", context["message"], repr(context["exception"]), context["future"].get_name())


async def quick():
    pass


async def main():
    loop.set_exception_handler(report)
    first = asyncio.create_task(quick())
    async for done in asyncio.as_completed([first, asyncio.Condition().wait_for(lambda: False), asyncio.gather(quick())]):
        print("first", done is first)
        loop.run_until_complete(first)


loop = asyncio.new_event_loop()
task = loop.create_task(main())
del task
loop.run_until_complete(asyncio.sleep(1))
print("end")
loop.close()
