"""When the modules go nothing can be imported any more, and sources can no longer be read."""


class Late:
    def __init__(self, name):
        self.name = name
        self.itself = self

    def __del__(self):
        try:
            import json
            print(self.name, "imported", json.__name__)
        except ImportError as exc:
            print(self.name, type(exc).__name__, exc)
        self.fail()

    def fail(self):
        raise ValueError(self.name)


Late("lost")
kept = Late("kept")
print("end")
