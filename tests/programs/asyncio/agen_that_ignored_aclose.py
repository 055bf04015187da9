"""An asynchronous generator that yields in response to aclose() can be sent to, but not thrown into or closed again."""
import asyncio
import inspect


async def stubborn(n):
    try:
        yield n
    except BaseException as e:
        print("in the generator:", type(e).__name__)
    yield n + 1
    yield n + 2


STEPS = {
    "anext": lambda generator: generator.__anext__(),
    "asend": lambda generator: generator.asend(None),
    "athrow": lambda generator: generator.athrow(ValueError("thrown")),
    "aclose": lambda generator: generator.aclose(),
}


async def main():
    for names in ("anext aclose aclose anext athrow aclose", "anext aclose athrow asend aclose",
                  "aclose athrow anext aclose", "athrow athrow aclose anext", "anext athrow aclose athrow anext",
                  "anext anext anext anext athrow aclose anext"):
        generator = stubborn(1)
        print(names, inspect.getasyncgenstate(generator))
        for name in names.split():
            try:
                print(" ", name, await STEPS[name](generator))
            except BaseException as e:
                print(" ", name, type(e).__name__, e)
            print("   ", inspect.getasyncgenstate(generator), generator.ag_suspended, generator.ag_running)


asyncio.run(main())
