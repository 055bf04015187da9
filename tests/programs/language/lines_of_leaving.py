"""What goes with the exception at the end of an `except` clause is told of at the line from which that is reached, or at
none where ways meet."""

import sys


class Told:
    def __del__(self):
        print('  at line', sys._getframe(1).f_lineno)


def fails():
    told = Told()
    raise ValueError


def branch(condition):
    try:
        fails()
    except ValueError as e:
        if condition:
            print('branch')
    print('done')


def branch_at_the_end(condition):
    try:
        fails()
    except ValueError as e:
        if condition:
            print('branch at the end')


def both_branches(condition):
    try:
        fails()
    except ValueError as e:
        if condition:
            print('one')
        else:
            print('other')
    print('done')


def loop(condition):
    try:
        fails()
    except ValueError as e:
        for number in range(2):
            if condition:
                break
    print('done')


def inner(condition):
    try:
        fails()
    except ValueError as e:
        try:
            if condition:
                raise KeyError
        except KeyError:
            print('inner')
    print('done')


def inner_group(condition):
    try:
        fails()
    except ValueError as e:
        try:
            if condition:
                raise KeyError
        except* KeyError as e:
            pass
    print('done')


def returns(condition):
    try:
        fails()
    except ValueError as e:
        if condition:
            return
    print('done')


def raises(condition):
    try:
        try:
            fails()
        except ValueError as e:
            if condition:
                raise KeyError from None
    except KeyError:
        print('raised')


def repeats(condition):
    try:
        fails()
    except ValueError as e:
        while condition:
            condition = False
    print('done')


def manages(condition):
    try:
        fails()
    except ValueError as e:
        with memoryview(b'') as view:
            if condition:
                print('managed')
    print('done')


for function in (branch, branch_at_the_end, both_branches, loop, inner, inner_group, returns, raises, repeats, manages):
    for condition in True, False:
        print(function.__name__, condition)
        function(condition)
try:
    fails()
except ValueError as e:
    if sys.argv:
        print('module')
print('end')
