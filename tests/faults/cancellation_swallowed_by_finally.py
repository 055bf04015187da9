import asyncio


async def poll(answers):
    while True:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:      # remark: cancellation swallowed
            return answers
        finally:
            answers.append("polled")


async def close(connection):
    try:
        await asyncio.sleep(5)
    finally:
        connection.append("closed")         # remark: cancellation swallowed
        return connection


async def main():
    for work in (poll([]), close([])):
        task = asyncio.create_task(work)
        await asyncio.sleep(0.1)
        task.cancel()
        print(await task, task.cancelled())


asyncio.run(main())
