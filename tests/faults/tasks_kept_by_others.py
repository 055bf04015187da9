import asyncio


class Server:
    def __init__(self):
        self.tasks = []

    def serve(self, name):
        self.tasks.append(asyncio.create_task(self.answer(name)))

    async def answer(self, name):
        await asyncio.sleep(0.1)
        print("hello", name)


async def started(name):
    return asyncio.create_task(asyncio.sleep(0.1, name))


async def main():
    server = Server()
    server.serve("Ada")
    server.serve("Bob")
    await asyncio.gather(*server.tasks)
    print(await (await started("Cem")))
    await asyncio.create_task(asyncio.sleep(0.1))
    results = await asyncio.gather(asyncio.create_task(asyncio.sleep(0.1, 1)))
    print(results)


asyncio.run(main())
