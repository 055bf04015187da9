class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)

    def __repr__(self):
        return self.name

print(Noisy("a"), Noisy("b"))
"{} {}".format(Noisy("c"), Noisy("d"))
print(*[Noisy("e"), Noisy("f")])
