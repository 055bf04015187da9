import traceback
def show(f):
    try: f()
    except BaseException as e: traceback.print_exc(limit=None)
    print('-----')
def a():
    try:
        raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError as e:
        raise
def b():
    try:
        raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as e:
        print('handled')
def c():
    try:
        raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as e:
        raise KeyError(3)
def d():
    try:
        raise ExceptionGroup('g', [ValueError(1)])
    except* TypeError as e:
        pass
    except* KeyError:
        pass
def e():
    try:
        raise ValueError('naked')
    except* ValueError as e:
        raise
def f():
    try:
        raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as e:
        raise
    except* TypeError as e:
        raise OSError()
def g():
    try:
        raise ValueError('naked')
    except* TypeError as e:
        raise
def h():
    try:
        raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError as e:
        raise e
for x in (a, b, c, d, e, f, g, h): show(x)
