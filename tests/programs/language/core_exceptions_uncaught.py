# An uncaught exception with a long chain, notes, and multi-line source lines in the traceback.
class ConfigError(Exception):
    def __init__(self, key, *, hint=None):
        super().__init__(f"missing key {key!r}")
        self.key = key
        if hint: self.add_note(f"hint: {hint}")
def load(cfg, key):
    try:
        return cfg[
            key
        ]["value"]
    except KeyError as exc:
        raise ConfigError(key, hint="add it to config") from exc
def start(names):
    result = {}
    for name in names:
        result[name] = (
            load({"a": {"value": 1}}, name)
            + 1
        )
    return result
def main():
    print(start(["a"]))
    try:
        start(["a", "b"])
    except ConfigError as err:
        print(type(err).__name__, err, err.key, err.__notes__)
        try:
            int("not a number" +
                str(err.key))
        finally:
            print("cleanup")
class Handler:
    def __enter__(self): return self
    def __exit__(self, et, ev, tb):
        print("exit with", et.__name__, ev)
        if et is ValueError: raise RuntimeError("handler failed",
                                                {"code": 42})
with Handler() as h:
    main()
