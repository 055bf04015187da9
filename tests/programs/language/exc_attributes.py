try: [].x
except AttributeError as e: print(vars(e), e.__dict__)
try: undefined
except NameError as e: print(vars(e))
try: raise OSError(2, "a", "b")
except OSError as e: print(vars(e)); e.extra = 1; print(vars(e))
try: int("x")
except ValueError as e: print(vars(e)); e.add_note("n"); print(vars(e))
print(vars(StopIteration(5)), vars(SystemExit(3)), vars(KeyError(1)), vars(ImportError("x", name="n")), vars(ExceptionGroup("g", [ValueError()])))
