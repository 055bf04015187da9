import asyncio
def chain(e):
    out = []
    while e is not None:
        out.append((type(e).__name__, str(e), e.__cause__ is not None, e.__suppress_context__)); e = e.__context__
    return out
async def cancelled_later():
    await asyncio.sleep(10)
async def main():
    # 1: result() of a cancelled task while something is handled
    t = asyncio.create_task(cancelled_later()); await asyncio.sleep(0); t.cancel(); await asyncio.sleep(0)
    try:
        try: raise KeyError('handled')
        except KeyError: t.result()
    except BaseException as e: print(1, chain(e))
    try: t.result()
    except BaseException as e: print(2, chain(e))
    # 2: wait_for 0 in a handler
    try:
        try: raise KeyError('handled')
        except KeyError: await asyncio.wait_for(asyncio.sleep(1), 0)
    except BaseException as e: print(3, chain(e), chain(e.__cause__))
    # 3: cancelled in the middle of two awaits, the second in a finally
    async def two():
        try: await asyncio.sleep(1)
        finally: await asyncio.sleep(2)
    t = asyncio.create_task(two()); await asyncio.sleep(0); t.cancel(); await asyncio.sleep(0); t.cancel()
    try: await t
    except BaseException as e: print(4, chain(e))
    # 4: awaiting a failed task in handler
    async def bad(): raise ValueError('bad')
    t = asyncio.create_task(bad()); await asyncio.sleep(0)
    try:
        try: raise KeyError('h')
        except KeyError: await t
    except ValueError as e: print(5, chain(e))
    try: await t
    except ValueError as e: print(6, chain(e))
    # 5: timeout in handler
    try:
        try: raise KeyError('h2')
        except KeyError:
            async with asyncio.timeout(.1): await asyncio.sleep(1)
    except TimeoutError as e: print(7, chain(e), chain(e.__cause__))
    # 6: timeout with finally waiting, cancelled twice
    async def fin():
        try: await asyncio.sleep(1)
        finally:
            try: await asyncio.wait_for(asyncio.sleep(2), .1)
            except TimeoutError as e: print('inner', chain(e), chain(e.__cause__)); raise
    try:
        async with asyncio.timeout(.1): await fin()
    except BaseException as e: print(8, chain(e), chain(e.__cause__))
    # 7: future exceptions in handlers
    f = asyncio.get_running_loop().create_future(); f.set_exception(OSError('o'))
    try:
        try: raise KeyError('h3')
        except KeyError: f.result()
    except OSError as e: print(9, chain(e))
    try:
        try: raise KeyError('h4')
        except KeyError: await f
    except OSError as e: print(10, chain(e))
    # 8: group
    try:
        try: raise KeyError('h5')
        except KeyError:
            async with asyncio.TaskGroup() as tg: tg.create_task(bad()); await asyncio.sleep(1)
    except* ValueError as g: print(11, chain(g), chain(g.exceptions[0]))
    g = asyncio.gather(bad(), return_exceptions=False)
    try:
        try: raise KeyError('h6')
        except KeyError: await g
    except ValueError as e: print(12, chain(e))
    # waiting in a handler, woken by exception set later
    f = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(.1, f.set_exception, OSError('late'))
    try:
        try: raise KeyError('h7')
        except KeyError: await f
    except OSError as e: print(13, chain(e))
    # cancel while in handler
    async def h():
        try: raise KeyError('h8')
        except KeyError: await asyncio.sleep(1)
    t = asyncio.create_task(h()); await asyncio.sleep(0); t.cancel()
    try: await t
    except BaseException as e: print(14, chain(e))
    t = asyncio.create_task(h()); await asyncio.sleep(0); t.cancel(); await asyncio.sleep(0)
    try:
        try: raise KeyError('h9')
        except KeyError: await t
    except BaseException as e: print(15, chain(e))
    t = asyncio.create_task(h()); await asyncio.sleep(0); t.cancel()
    try:
        try: raise KeyError('h10')
        except KeyError: await asyncio.shield(t)
    except BaseException as e: print(16, chain(e))
asyncio.run(main())
