import asyncio


async def fetch(page):
    await asyncio.sleep(0.1)
    return page


async def main():
    queue = asyncio.Queue()
    queue.put("news")               # remark: coroutine never awaited
    pages = [fetch(page) for page in ("news", "mail", "maps")]  # remark: coroutine never awaited
    print(await pages[0], queue.qsize())


asyncio.run(main())
