"""What a worker knows of the program, by the way it was started."""

import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor

state = [__name__]
print("the program's text runs as", __name__, flush=True)


def initialize(value):
    state.append(value)


def collect(value):
    state.append(value)
    return list(state)


if __name__ == "__main__":
    state.append("changed by the program")
    for method in ("spawn", "fork", "forkserver"):
        context = mp.get_context(method)
        with ProcessPoolExecutor(1, mp_context=context, initializer=initialize, initargs=("initialized",)) as executor:
            for value in range(2):
                print(method, executor.submit(collect, value).result())
    print("here", state)
    with ProcessPoolExecutor(1, max_tasks_per_child=2) as executor:
        print([len(executor.submit(collect, value).result()) for value in range(5)])
