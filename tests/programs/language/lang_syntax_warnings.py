# What the compiler warns about before the program runs: escapes, jumps out of finally, identity of literals.
def returns():
    try:
        return 1
    finally:
        return 2
def loops():
    for n in range(3):
        try:
            pass
        finally:
            continue
    return n
pattern = "\d+"
print(returns(), loops(), pattern, returns() is 2, [1, 2][0:1])
if len(pattern) < 0:
    print([1]("a"), (1, 2)["x"])
for source in ("'\\q'", "1 is 1", "assert (x, 'y')"):
    try:
        compile(source, "<text>", "exec")
    except SyntaxError as error:
        print(error)
def caller():
    local = 2
    exec("print(local + 1)")
    return eval("local * 3"), eval("a + local", {"a": 1}, {"local": 5})
print(caller())
for text in ("x = 1", "", "import os"):
    try:
        eval(text)
    except SyntaxError as error:
        print(error.msg)
