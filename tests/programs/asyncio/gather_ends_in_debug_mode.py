"""In debug mode the stack that is kept with a callback shows that the last child's callback ended the gathering."""
import asyncio
import traceback


def tell(loop, context):
    print(context["message"].split("(")[0])
    print("_done_callback" in [frame.name for frame in context["source_traceback"]])


def fail(future):
    print([frame.name for frame in traceback.extract_stack()][-1], future.result())
    raise ValueError("value")


async def main():
    asyncio.get_running_loop().set_exception_handler(tell)
    gathering = asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0.1, "b"))
    gathering.add_done_callback(fail)
    print(await gathering)


asyncio.run(main(), debug=True)
