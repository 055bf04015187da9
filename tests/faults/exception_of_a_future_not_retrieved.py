import asyncio


class Request:
    def __init__(self):
        self.answer = asyncio.get_running_loop().create_future()    # remark: exception never retrieved


async def main():
    requests = [Request(), Request()]
    for request in requests:
        request.answer.set_exception(ConnectionError("gone"))
    try:
        await requests[0].answer
    except ConnectionError as error:
        print("the first:", error)
    requests.clear()
    await asyncio.sleep(0.1)


asyncio.run(main())
