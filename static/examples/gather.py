# gather runs its coroutines as tasks. They finish in
# their own order; results keep the order asked for.
import asyncio


async def fetch(page, seconds):
    await asyncio.sleep(seconds)
    print("got", page)
    return page.upper()


async def main():
    pages = await asyncio.gather(
        fetch("news", 0.3),
        fetch("mail", 0.1),
        fetch("maps", 0.2),
    )
    print(pages)


asyncio.run(main())
