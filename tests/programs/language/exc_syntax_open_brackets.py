# Mistakes behind a bracket that is never closed, and others in brackets, with what explains them best.
sources = [
    "x = [1, 2\ny = 3", "foo(1, 2\nfor x in range(3):\n    pass\n", "x = (1,\n  2\nprint(x)\n", "print('a'\nprint('b')\n",
    "x = [i for i in range(3)\ny = 2\n", "d = {'a': 1,\n 'b' 2}\n", "d = {'a': 1, b 2}", "d = {1: 2, f(x) 3}",
    "d = {'b' 2}", "x = 1 +* 2", "x = 1 ** * 2", "x = (*a)", "x = {1: *a}", "def f(): import *", "from a import",
    "x = '''a\n", "x = '''a\n\n", "x = '''a",
]
for source in sources:
    try:
        compile(source, "<text>", "exec")
    except SyntaxError as err:
        print(repr(source), "->", err.msg, err.lineno, err.offset)
