import asyncio

async def main():
    done = asyncio.get_running_loop().create_future()
    done.set_result(1)
    print(await asyncio.wait_for(done, 0), await asyncio.wait_for(done, -1), await asyncio.wait_for(done, None))
    task = asyncio.create_task(asyncio.sleep(1, "slow"))
    try:
        await asyncio.wait_for(task, 0)
    except TimeoutError as error:
        print(repr(error.__cause__), task.cancelled())
    print(await asyncio.wait([done], timeout=0) == ({done}, set()))
    try:
        await asyncio.wait([])
    except ValueError as error:
        print(error)

asyncio.run(main())
