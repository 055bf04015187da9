"""At the end, what the program's globals and the last exception lead to is found together, the nearest first."""
import asyncio


class Noisy:
    def __init__(self, name):
        self.name = name
        self.itself = self

    def __repr__(self):
        return self.name

    def __del__(self):
        print("gone:", self.name)


def chain(name, length):
    """Objects that lead to each other, the last of which leads to none."""
    first = at = Noisy(f"{name} 0")
    for number in range(1, length):
        at.next = Noisy(f"{name} {number}")
        at = at.next
    return first


def fail():
    in_fail = chain("variable of fail", 4)
    raise ExceptionGroup("several", [ValueError("one", chain("in a group", 2))])


async def main():
    in_main = chain("variable of main", 3)
    try:
        fail()
    except ExceptionGroup:
        raise ImportError("no module", path=chain("path of the import", 3))


everywhere = chain("global", 9)
asyncio.run(main())
