import asyncio


async def main():
    inner = asyncio.get_running_loop().create_future()
    me = asyncio.current_task()
    for times in (1, 2):
        for _ in range(times):
            asyncio.future_add_to_awaited_by(inner, me)
        print(times, inner._asyncio_awaited_by == {me})
    asyncio.future_discard_from_awaited_by(inner, me)
    print(inner._asyncio_awaited_by)


asyncio.run(main())
