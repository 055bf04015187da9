"""Examples in docstrings that are run.

>>> double(4)
8
"""

import doctest
import linecache
import sys
import traceback


def double(x):
    """Twice as much.

    >>> double(2)
    4
    >>> double("ab")
    'abab'
    >>> double(3)
    7
    >>> double(None)
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    >>> double({})
    Traceback (most recent call last):
    ValueError: something else
    >>> for i in range(2):
    ...     i
    ...     print("line", i)
    0
    line 0
    1
    line 1
    >>> x = 5
    >>> x; double(x)
    5
    10
    >>> None
    >>> print("a\\n\\nb")
    a
    <BLANKLINE>
    b
    >>> list(range(30))  # doctest: +ELLIPSIS
    [0, 1, ..., 29]
    >>> [1,   2]  # doctest: +NORMALIZE_WHITESPACE
    [1,
     2]
    >>> 1 / 0  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ZeroDivisionError: whatever
    >>> 1 / 0  # doctest: +SKIP
    2
    >>> print("not expected")
    >>> x == 5
    1
    """
    return x * 2


class Stack:
    """A stack.

    >>> stack = Stack()
    >>> stack.push(1); len(stack)
    1
    >>> stack.pop()
    2
    """

    def __init__(self):
        self.items = []

    def push(self, item):
        """Pushes, and returns nothing.

        >>> Stack().push(3)
        """
        self.items.append(item)

    def pop(self):
        return self.items.pop()

    def __len__(self):
        return len(self.items)

    @property
    def top(self):
        """
        >>> Stack().top
        Traceback (most recent call last):
        ...
        IndexError: list index out of range
        """
        return self.items[-1]

    @staticmethod
    def name():
        """
        >>> Stack.name()
        'stack'
        """
        return "stack"


def undocumented():
    pass


__test__ = {"extra": ">>> double(0)\n0\n"}

results = doctest.testmod()
print(results, results.failed, results.attempted)
print("verbose:")
doctest.run_docstring_examples(Stack.push, globals(), verbose=True, name="push")
runner = doctest.DocTestRunner(verbose=True, optionflags=doctest.REPORT_NDIFF)
test = doctest.DocTestParser().get_doctest(
    """
    >>> print("one\\ntwo\\nthree")
    one
    two and a half
    three
    """,
    {},
    "lines",
    None,
    0,
)
print(test.examples[0].lineno, test.examples[0].indent, repr(test.examples[0].want))
runner.run(test)
runner.summarize()
finder = doctest.DocTestFinder()
print([found.name for found in finder.find(sys.modules["__main__"])])
print([(found.name, found.lineno, len(found.examples)) for found in finder.find(Stack, "Stack")])
checker = doctest.OutputChecker()
print(checker.check_output("a...z\n", "a to z\n", doctest.ELLIPSIS), checker.check_output("a...z\n", "a to z\n", 0))
try:
    doctest.DocTestParser().parse(">>>1 + 1\n2")
except ValueError as error:
    print(error)
doctest.testmod(verbose=True, extraglobs={"unused": 1}, optionflags=doctest.REPORT_ONLY_FIRST_FAILURE)

# What is compiled in the mode "single" shows its values.
exec(compile("for i in range(2): i * 10\n", "<one>", "single"))
exec(compile("'text'; None; print(_)", "<one>", "single"))
try:
    compile("x = 1\ny = 2\n", "<two>", "single")
except SyntaxError as error:
    print(error)
sys.displayhook = lambda value: print("shown:", value)
exec(compile("1 + 1", "<three>", "single"))
linecache.cache["<kept>"] = (15, None, ["x = 1\n", "raise ValueError(x)\n"], "<kept>")
try:
    exec(compile("x = 1\nraise ValueError(x)\n", "<kept>", "exec"))
except ValueError:
    traceback.print_exc()
