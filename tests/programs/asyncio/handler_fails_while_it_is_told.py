"""What a loop's exception handler raises has the exception that it was told of as its context."""
import asyncio


def refuse(loop, context):
    print("told", context["message"].split("(")[0])
    raise RuntimeError("refused")


def fail():
    raise ValueError("failed")


def fail_while_handling():
    try:
        fail()
    except ValueError as e:
        raise KeyError("again") from e


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(fail)
    await asyncio.sleep(0)
    loop.set_exception_handler(refuse)
    loop.call_soon(fail)
    loop.call_soon(fail_while_handling)
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": "nothing was raised"})


asyncio.run(main())
