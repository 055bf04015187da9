"""Values from texts, without running them."""

import ast

GOOD = [
    "1", "-3", "+4", "1.5e3", "0x1F", "0b101", "1_000", "3j", "1+2j", "-1-2.5j", ".5", "5.",
    "'a'", "'a' 'b'", "b'x' b'y'", r"r'\n'", "'''two\nlines'''", '"q\\"x"', "'\\u00e9'", "u'x'", r"Rb'\x'",
    "(1,)", "()", "(1, 2)", "1, 2", "((1))", "[1, [2, (3,)], {}]", "[1,]", "[]",
    "{'a': 1, 'b': [2]}", "{'k': (1, -2), 3: None,}", "{(1, 2): 3}", "{1, 2}", "{}", "set()",
    "None", "True", "...", "  5", "[1,\n 2, # comment\n 3]", "(1+2j, 3)", "'%s' '{}'",
]
for text in GOOD:
    value = ast.literal_eval(text)
    print(f"{text!r:32} {type(value).__name__:8} {value!r}")

for text in ("name", "[1, name]", "{'key': name}", "1 + 2", "3 - 1", "\nname"):
    try:
        ast.literal_eval(text)
    except ValueError as error:
        print(repr(text), error)
for text in (
    "f(1)", "a.b", "[1][0]", "'a'.upper()", "f'{x}'", "1 < 2", "1 if True else 2", "not 1", "lambda: 0", "[i for i in x]",
    "-'a'", "--1", "2 * 3", "__import__('os')", "set([1])", "[*a]", "True and 1", "(1)(2)", "~1",
):
    try:
        print(ast.literal_eval(text))
    except ValueError as error:
        print(repr(text), str(error).partition(":")[0])
for text in ("1 +", "[1", "a b", "x = 1"):
    try:
        ast.literal_eval(text)
    except SyntaxError as error:
        print(repr(text), type(error).__name__)
