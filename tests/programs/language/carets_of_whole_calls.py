"""Below a call that is all that its statement does there are no marks, whatever follows on the line."""

import traceback


def fails(*args):
    raise ValueError


def assigned():
    x = fails(); y = 1


def second():
    y = 1; x = fails()


def returned():
    return fails(); y = 1


def twice():
    x = y = fails()


def compound():
    if 1: x = fails()


def first_of_two():
    fails(1); fails(2)


def in_a_sum():
    x = fails() + 1; y = 2


def unpacked():
    x, y = fails()


def over_lines():
    x = fails(1,
              2); y = 3


def attribute():
    fails.y = fails(); z = 1


def method():
    return traceback.missing(); z = 1


def annotated():
    x: int = fails()


def returned_in_parentheses():
    return (fails())


def assigned_in_parentheses():
    x = (fails())


def with_a_comment():
    x = fails()     # and so on


def call_with_a_comment():
    fails()         # and so on


def with_a_space():
    return fails ()


for function in (assigned, second, returned, twice, compound, first_of_two, in_a_sum, unpacked, over_lines, attribute,
                 method, annotated, returned_in_parentheses, assigned_in_parentheses, with_a_comment,
                 call_with_a_comment, with_a_space):
    try:
        function()
    except Exception as exc:
        print(function.__name__, *traceback.format_exception(exc)[2].splitlines()[1:], sep="\n")
