"""`import *` of a module that computes some of its names, and keeps them then."""
from concurrent.futures import *

print(ThreadPoolExecutor.__name__, ProcessPoolExecutor.__name__, wait.__name__, as_completed.__name__)
with ThreadPoolExecutor(1) as executor:
    print(executor.submit(pow, 2, 5).result())
