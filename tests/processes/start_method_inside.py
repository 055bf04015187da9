"""What a process knows of how processes are started here; processes that were not started by this one."""

import multiprocessing as mp


def show(label):
    print(label, mp.get_start_method(), mp.current_process().name)


def nested(label):
    process = mp.Process(target=show, args=(label,))
    process.start()
    process.join()


def run(process):
    process.start()
    process.join()


def tell(function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        print(type(error).__name__, error)


def tell_context(label):
    try:
        raise KeyError(label)
    except KeyError as error:
        print(repr(error), "while handling", repr(error.__context__))


def end_myself(verb):
    tell(getattr(mp.current_process(), verb))


if __name__ == "__main__":
    for method in "fork", "spawn", "forkserver":
        context = mp.get_context(method)
        run(context.Process(target=show, args=(method,)))
        run(context.Process(target=nested, args=(f"within {method}",)))
        run(context.Process(target=end_myself, args=("terminate",)))
        print(mp.get_start_method(allow_none=True))
    try:
        raise ValueError("handled")
    except ValueError:
        for method in "fork", "spawn", "forkserver":
            run(mp.get_context(method).Process(target=tell_context, args=(method,)))
    for verb in "terminate", "kill":
        end_myself(verb)
        tell(getattr(mp.Process(target=show), verb))
    run(mp.Process(target=show, args=("default",)))
    mp.set_start_method("spawn", force=True)
    run(mp.Process(target=show, args=("chosen",)))
