import asyncio

class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Point({self.x})"

async def make(x):
    await asyncio.sleep(.1)
    return Point(x)

async def fail():
    await asyncio.sleep(.2)
    raise ValueError(Point(9))

async def main():
    print(await asyncio.gather(make(1), make(2), fail(), return_exceptions=True))
    print(await asyncio.create_task(make(3)))

asyncio.run(main(), debug=True)
