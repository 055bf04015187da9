# Shows: parts of exception groups do not show the context of the whole, since splitting sets their cause, if only to None
def shown(exc):
    return exc.__suppress_context__, exc.__cause__, exc.__context__


def group():
    try:
        raise KeyError("first")
    except KeyError:
        try:
            raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
        except ExceptionGroup as exc:
            return exc


whole = group()
part, rest = whole.split(ValueError)
for exc in whole, part, rest, whole.subgroup(TypeError), whole.derive([OSError()]):
    print(shown(exc))


def star(wanted, again):
    try:
        raise group()
    except* wanted as exc:
        print(shown(exc))
        if again:
            raise OSError(3)


for wanted in ValueError, KeyError:
    for again in False, True:
        try:
            star(wanted, again)
        except BaseException as exc:
            print(repr(exc), shown(exc), [shown(member) for member in exc.exceptions])
try:
    star(TypeError, False)
except ExceptionGroup as exc:
    print(repr(exc))
