"""What cannot be resumed or called raises in the context of what is being handled; what is thrown in does not."""


def generator():
    yield 1


async def coroutine():
    pass


async def stream():
    yield 1


class Strange:
    def __len__(self, more):
        return more


def one(argument):
    return argument


def begun():
    generator().send(5)


def begun_by_iterator():
    iter(generator()).send(5)


def exhausted():
    made = generator()
    next(made)
    next(made)


def thrown():
    generator().throw(KeyError('thrown'))


def coroutine_begun():
    made = coroutine()
    try:
        made.send(5)
    finally:
        made.close()


def coroutine_closed():
    made = coroutine()
    made.close()
    made.send(None)


def stream_begun():
    stream().asend(4).send(None)


def running():
    def inner():
        next(made)
        yield

    made = inner()
    next(made)


def sorted_by_nothing():
    sorted([1, 2], key=lambda: 0)


def strange_length():
    len(Strange())


def called_by_name():
    one.__call__(1, 2)


CASES = [begun, begun_by_iterator, exhausted, thrown, coroutine_begun, coroutine_closed, stream_begun, running,
         sorted_by_nothing, strange_length, called_by_name]
for case in CASES:
    try:
        try:
            raise ValueError('handled')
        finally:
            case()
    except BaseException as e:
        print(case.__name__, repr(e), repr(e.__context__))
