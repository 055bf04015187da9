"""A frame that has returned stands in the line from which the end of its code was reached."""
import contextlib
import sys
frames = []
def f():
    for i in range(3):
        frames.append(sys._getframe())
        break

def g():
    for i in range(3):
        frames.append(sys._getframe())
        if i == 1:
            break

def h():
    frames.append(sys._getframe())
    while True:
        x = 1
        if x:
            break

def k():
    frames.append(sys._getframe())
    for i in range(3):
        continue

def l(n):
    frames.append(sys._getframe())
    if n:
        x = 1
    else:
        x = 2

def m(n):
    frames.append(sys._getframe())
    if n:
        x = 1

def o():
    frames.append(sys._getframe())
    with contextlib.nullcontext():
        x = 1

def p():
    frames.append(sys._getframe())
    with contextlib.nullcontext():
        for i in range(3):
            break

def q():
    frames.append(sys._getframe())
    try:
        for i in range(3):
            break
    finally:
        x = 2

def r():
    for i in range(3):
        frames.append(sys._getframe())
        try:
            raise ValueError
        except ValueError:
            x = 1
        break

def s():
    for i in range(3):
        frames.append(sys._getframe())
        try:
            raise ValueError
        except ValueError:
            break

def t():
    frames.append(sys._getframe())
    for i in range(3):
        break
    else:
        x = 1

async def u():
    async def gen():
        yield 1
    frames.append(sys._getframe())
    async for i in gen():
        try:
            raise ValueError
        except ValueError as e:
            x = 1
        break
async def v():
    async def gen():
        yield 1
    frames.append(sys._getframe())
    async for i in gen():
        x = 1

for f in f, g, h, k, lambda: l(0), lambda: l(1), lambda: m(0), lambda: m(1), o, p, q, r, s, t:
    f()
for f in u, v:
    try: f().send(None)
    except StopIteration: pass
for f in frames: print(f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno)


def nested(n):
    frames.append(sys._getframe())
    for i in range(n):
        if i == 2:
            try:
                x = 1 / 0
            except ZeroDivisionError:
                if n > 4:
                    break
                elif n > 3:
                    continue
            finally:
                y = 2
        else:
            x = 1
    else:
        if n:
            x = 2


def matched(n):
    frames.append(sys._getframe())
    match n:
        case 1:
            x = 1
        case [*_]:
            pass


def looped(n):
    frames.append(sys._getframe())
    while n:
        n -= 1
        if n == 5:
            break
        elif n == 7:
            pass


frames.clear()
for n in 0, 1, 2, 3, 4, 5, 6:
    nested(n)
for n in 1, 2, []:
    matched(n)
for n in 0, 1, 6, 8:
    looped(n)
for frame in frames:
    print(frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
