import asyncio


async def fetch(name, seconds=1):
    await asyncio.sleep(seconds)
    return name


async def main():
    user = await fetch("user")              # remark: awaits that could run together
    news = await fetch("news", 2)
    print(user, news)
    pages = []
    for name in "abc":
        pages.append(await fetch(name))     # remark: awaits that could run together
    more = [await fetch(page) for page in pages]    # remark: awaits that could run together
    print(more)


asyncio.run(main())
