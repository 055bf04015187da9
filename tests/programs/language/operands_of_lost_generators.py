"""A generator that goes while it is suspended leaves its variables, and the iterators of its loops, to its frame object."""

import sys


class Numbers:
    def __init__(self, name):
        self.name = name

    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __del__(self):
        print('gone', self.name)


class Pause:
    def __await__(self):
        yield 1


def generator():
    for number in Numbers('generator'):
        local = Numbers('variable')
        yield sys._getframe()


async def stream():
    for number in Numbers('stream'):
        yield sys._getframe()


async def coroutine(frames):
    for number in Numbers('coroutine'):
        frames.append(sys._getframe())
        try:
            await Pause()
        except GeneratorExit:
            print('exit')
            raise


made = generator()
frame = next(made)
made = None
print('lost', sorted(frame.f_locals))
frame = None

made = stream()
try:
    made.asend(None).send(None)
except StopIteration as e:
    frame = e.value
made = None
print('lost')
frame = None

frames = []
made = coroutine(frames)
made.send(None)
made = None
print('lost', sorted(frames.pop().f_locals))
