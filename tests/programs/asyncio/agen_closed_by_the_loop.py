import asyncio

async def numbers():
    try:
        for n in range(5):
            yield n
            await asyncio.sleep(.1)
    finally:
        print("closing")
        await asyncio.sleep(.1)
        print("closed")

async def main():
    global kept
    async for n in numbers():
        print(n)
        if n == 1:
            break
    await asyncio.sleep(.3)
    kept = numbers()
    print(await anext(kept))

asyncio.run(main())
