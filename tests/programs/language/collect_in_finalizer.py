import gc


class Node:
    def __init__(self, name):
        self.name, self.itself = name, self

    def __del__(self):
        print('gone', self.name, gc.collect())


def waiting(name):
    me = None
    me = yield
    try:
        yield
    finally:
        print('closed', name, gc.collect())


def lose(name):
    generator = waiting(name)
    next(generator)
    generator.send(generator)


Node('a'), Node('b')
lose('c')
print('collect')
gc.collect()
print('once more')
gc.collect()
kept = Node('d')
lose('e')
print('end')
