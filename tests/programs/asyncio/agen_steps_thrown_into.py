"""What is thrown into a step of an asynchronous generator goes into the generator, whatever the step was to do."""
import asyncio


async def numbers(n):
    try:
        yield n
    except BaseException as e:
        print("  in the generator:", type(e).__name__)
        raise
    yield n + 1


STEPS = {
    "aclose": lambda generator: generator.aclose(),
    "athrow": lambda generator: generator.athrow(KeyError("its own")),
    "asend": lambda generator: generator.asend(None),
}


def tell(what, function):
    try:
        print(" ", what, function())
    except BaseException as e:
        print(" ", what, type(e).__name__, e)


async def main():
    for name, make in STEPS.items():
        for started in (False, True):
            for exc in (ValueError("thrown"), GeneratorExit(), asyncio.CancelledError()):
                generator = numbers(1)
                if started:
                    await anext(generator)
                print(name, "started" if started else "fresh", repr(exc))
                step = make(generator)
                tell("throw", lambda: step.throw(exc))
                tell("again", lambda: step.send(None))
                tell("next", lambda: generator.asend(None).send(None))
        generator = numbers(1)
        step = make(generator)
        print(name, "closed")
        tell("close", step.close)
        tell("close", step.close)
        tell("next", lambda: generator.asend(None).send(None))
    try:
        print(await asyncio.wait_for(numbers(1).aclose(), 0))
    except TimeoutError as e:
        print("timeout", repr(e.__cause__))


asyncio.run(main())
