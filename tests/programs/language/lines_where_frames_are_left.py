# Shows: the line at which an exception leaves a frame, which need not be the one where it was raised
import contextlib
import warnings


def by_finally():
    try:
        1 / 0
    finally:
        pass


def by_no_match():
    try:
        1 / 0
    except KeyError:
        pass


def by_two_that_do_not_match():
    try:
        1 / 0
    except KeyError:
        pass
    except OSError:
        pass


def by_with():
    with contextlib.nullcontext():
        x = 1
        1 / 0


def by_raise():
    try:
        1 / 0
    except ZeroDivisionError:
        x = 2
        raise


def by_another():
    try:
        1 / 0
    except ZeroDivisionError:
        x = 2
        raise KeyError


def by_finally_in_with():
    with contextlib.nullcontext():
        try:
            1 / 0
        finally:
            x = 3


def by_with_in_try():
    try:
        with contextlib.nullcontext():
            1 / 0
    except KeyError:
        pass


def by_two():
    try:
        try:
            1 / 0
        except KeyError:
            pass
    finally:
        x = 1
        y = 2


for function in (by_finally, by_no_match, by_two_that_do_not_match, by_with, by_raise, by_another, by_finally_in_with,
                 by_with_in_try, by_two):
    try:
        function()
    except BaseException as exc:
        entry = exc.__traceback__.tb_next
        first = entry.tb_frame.f_code.co_firstlineno
        print(function.__name__, entry.tb_lineno - first, entry.tb_frame.f_lineno - first)


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        warnings.warn(self.name, stacklevel=2)


def show(message, category, filename, line, *rest):
    print(line if line < 0 else line - show.__code__.co_firstlineno, message)


warnings.showwarning = show


def manager_is_let_go():
    with contextlib.nullcontext(Told("manager")):
        try:
            1 / 0
        finally:
            pass


def group_is_let_go():
    try:
        raise ExceptionGroup("", [ValueError(Told("group"))])
    except* ValueError as group:
        pass
    return 1


for function in manager_is_let_go, group_is_let_go:
    try:
        function()
    except ZeroDivisionError:
        pass


def unbound():
    c4 = 1
    try:
        print(v4)
    except UnboundLocalError as exc:
        print(exc.name)
    v4 = 1


unbound()
