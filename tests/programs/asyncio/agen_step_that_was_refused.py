# Shows: an asynchronous generator that was touched but never begun is closed by the loop when it is lost
import asyncio


async def numbers():
    yield 1


async def main():
    for value in (None, 5):
        try:
            print(await numbers().asend(value))
        except TypeError as exc:
            print(exc)
        print("tasks:", len(asyncio.all_tasks()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print("tasks:", len(asyncio.all_tasks()))
    generator = numbers()
    generator.athrow(ValueError).close()
    print(type(generator.aclose()).__name__)
    del generator
    print("tasks:", len(asyncio.all_tasks()))
    await asyncio.sleep(0)


asyncio.run(main())
