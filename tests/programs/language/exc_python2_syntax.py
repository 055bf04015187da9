"""What is said of programs for Python 2."""
SOURCES = [
    "print 'x'",
    "while 1: print x; break",
    "exec 'x = 1'",
    "x = lambda (a, b): a",
    "raise ValueError, 'x'",
    "def f((a, b)): pass",
    "x = 0777",
    "if x <> y: pass",
    "for i in range(3): print i",
    "[x, y for x in z]",
    "print([x, y for x in z])",
    "async = 3",
]
for source in SOURCES:
    try:
        compile(source, "<old>", "exec")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset, error.end_offset)
try:
    print(3 in [3, 4] in [[3, 4]], 3 in [3, 4] not in [[3, 4]], 1 in {1, 2} == {1, 2})
    exec("def f(:\n    pass")
except SyntaxError as error:
    print(error.msg)
