import asyncio

async def main():
    loop = asyncio.get_running_loop()

    def other():
        try:
            loop.call_soon(print, "never")
        except RuntimeError as error:
            return str(error)

    print(await asyncio.to_thread(other))

asyncio.run(main(), debug=True)
