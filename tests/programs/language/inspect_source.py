import inspect
# a comment before
def plain(a, b=2):
    """Doc."""
    # inside
    text = """
not the end
"""
    if a:
        return [
            b,
        ]

    return text
    # trailing comment inside

# outside

@staticmethod
@(lambda f: f)
def decorated(): return 1

class C:
    x = 1

    def method(self):
        def inner():
            pass
        return inner

    async def co(self):
        await x
    y = lambda self: (1,
        2)

one = lambda x: x + 1
def last(): pass
def gen():
    yield 1 \
        + 2
z = 3
for o in (plain, decorated, C, C.method, C().co, C.y, one, last, gen, C.method(0)):
    print(inspect.getsource(o), end="----\n")
    lines, number = inspect.getsourcelines(o)
    print(number, len(lines))
print(inspect.getsource(plain.__code__) == inspect.getsource(plain), inspect.getsourcefile(plain) == __file__, inspect.getfile(C) == __file__)
print(inspect.getcomments(plain))
for bad in (int, len, 3, C()):
    try: print(inspect.getsource(bad))
    except (TypeError, OSError) as e: print(type(e).__name__, e)
