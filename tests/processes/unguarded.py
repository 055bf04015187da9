"""A program that starts processes when its text is run again."""

from concurrent.futures import ProcessPoolExecutor

print("the program's text runs as", __name__, flush=True)
with ProcessPoolExecutor(2) as executor:
    print(list(executor.map(abs, range(3))))
