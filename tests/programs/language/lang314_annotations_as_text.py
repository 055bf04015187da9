import sys, annotationlib
x: int = 5
y: "str"
class N:
    a: N | None = None
    b: list[N]
try: print(__annotations__)
except NameError as e: print(e)
print(annotationlib.get_annotations(sys.modules["__main__"]), sys.modules["__main__"].__annotations__)
print(annotationlib.get_annotations(N, format=annotationlib.Format.STRING), N.__annotations__)
try: isinstance([], list[int])
except TypeError as e: print(e)
try: issubclass(list, list[int])
except TypeError as e: print(e)
