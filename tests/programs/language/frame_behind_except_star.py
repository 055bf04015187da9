"""A frame that an exception leaves through `except*` is at no line: several ways meet there."""


def unmatched():
    try:
        raise TimeoutError("late")
    except* ValueError:
        pass


def in_part():
    try:
        raise ExceptionGroup("both", [ValueError(), KeyError()])
    except* ValueError as group:
        if group:
            pass


def raises():
    try:
        raise ExceptionGroup("one", [ValueError()])
    except* ValueError:
        raise OSError
    except* KeyError:
        pass


def plain():
    try:
        raise TimeoutError("late")
    except ValueError:
        pass
    except KeyError:
        pass


def around():
    try:
        unmatched()
    finally:
        print("around")


for function in unmatched, in_part, raises, plain, around:
    try:
        function()
    except BaseException as exc:
        entry = exc.__traceback__.tb_next
        print(function.__name__, entry.tb_lineno, entry.tb_frame.f_lineno)
