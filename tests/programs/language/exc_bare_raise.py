# A bare raise goes on with the exception being handled: one traceback entry a frame, at the first place.
def divide(): return 1 / 0
def passes_on():
    try:
        divide()
    except ZeroDivisionError as error:
        error.add_note("seen on the way")
        raise
try:
    raise
except RuntimeError as error:
    print(type(error).__name__, error)
try:
    b"\xff".decode()
except UnicodeDecodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason)
print(OSError(13, "no", "a", None, "b"), type(OSError(20, "x")).__name__)
passes_on()
