import asyncio


async def waits(name):
    try:
        with asyncio.Runner():
            await asyncio.sleep(1)
    except Exception as e:
        print(name, type(e).__name__, e)
    except GeneratorExit:
        print(name, 'closed')


async def main():
    global kept
    asyncio.create_task(waits('lost'))
    kept = asyncio.create_task(waits('kept'))
    await asyncio.sleep(0)
    await asyncio.sleep(0)


# The policy holds the loop of the runner that began last. So that is found before what the program holds, and goes before.
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
