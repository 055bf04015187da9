"""Steps of asynchronous generators that nobody awaits are told of, those that were begun are not."""
import asyncio


async def numbers():
    yield 1
    yield 2


async def main():
    generator = numbers()
    generator.asend(None)
    print("asend")
    anext(generator)
    print("anext")
    anext(generator, 0)
    print("anext with a default")
    generator.athrow(ValueError)
    print("athrow")
    generator.aclose()
    print("aclose")
    step = generator.asend(None)
    try:
        step.send(None)
    except StopIteration as e:
        print("by hand", e.value)
    step = None
    print(await anext(generator))
    step = generator.asend(None)
    step.close()
    step = None
    print("closed")


asyncio.run(main())
