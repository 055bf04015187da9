"""A task group's exception, whose context is one of those that it holds: what is printed of that once only, and where."""
import asyncio
import traceback


async def main():
    async with asyncio.TaskGroup():
        await asyncio.wait_for(asyncio.Event().wait(), 0.2)


def fail():
    try:
        raise KeyError("first")
    except KeyError as first:
        error = ValueError("second")
        error.__cause__ = first
        try:
            raise error
        except ValueError:
            raise ExceptionGroup("several", [error, ExceptionGroup("inner", [first, error]), TypeError("third")])


def outline(exc):
    for line in traceback.format_exception(exc):
        for part in line.splitlines():
            if "File" not in part and "~" not in part and "^" not in part:
                print(part)


try:
    fail()
except ExceptionGroup as e:
    outline(e)
    summary = traceback.TracebackException.from_exception(e, compact=True)
    print(summary.__context__, [inner.__cause__ is not None for inner in summary.exceptions])
    e.__context__ = None
    outline(e)
asyncio.run(main())
