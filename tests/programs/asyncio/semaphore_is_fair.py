import asyncio

async def user(semaphore, name, seconds):
    async with semaphore:
        print(name, "in", semaphore.locked())
        await asyncio.sleep(seconds)

async def main():
    semaphore = asyncio.Semaphore(2)
    tasks = [asyncio.create_task(user(semaphore, n, .1)) for n in range(5)]
    await asyncio.sleep(.05)
    tasks[3].cancel()
    semaphore.release()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(semaphore)
    bounded = asyncio.BoundedSemaphore()
    try:
        bounded.release()
    except ValueError as error:
        print(error)

asyncio.run(main())
