"""Functions that are registered while such functions run are not called; taking one away is too late as well."""
import atexit


def first():
    print("first")
    atexit.register(print, "too late")
    atexit.unregister(second)


def second():
    print("second")


atexit.register(second)
atexit.register(first)
print("end")
