def chain(error):
    found = []
    while error is not None:
        found.append(repr(error))
        error = error.__context__
    return found

def plain():
    yield 1

def handling():
    try:
        raise KeyError("own")
    except KeyError:
        yield 1

def outer(inner):
    yield from inner

def outer_handling(inner):
    try:
        raise OSError("outer")
    except OSError:
        yield from inner

for make in (plain, handling, lambda: outer(plain()), lambda: outer(handling()), lambda: outer_handling(plain()),
             lambda: outer_handling(handling())):
    generator = make()
    next(generator)
    try:
        raise LookupError("caller")
    except LookupError:
        try:
            generator.throw(ValueError("thrown"))
        except ValueError as error:
            print(chain(error))
