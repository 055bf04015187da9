"""Topological order of a graph."""

from types import GenericAlias

__all__ = ["TopologicalSorter", "CycleError"]


class CycleError(ValueError):
    """The graph has a cycle, which is the second argument; its first and last nodes are the same."""


class _Node:
    """A node: those that wait for it, and how many it waits for."""

    __slots__ = ("node", "waiting_for", "successors", "state")

    def __init__(self, node):
        self.node = node
        self.waiting_for = 0
        self.successors = []
        self.state = "waiting"


class TopologicalSorter:
    """Gives nodes in such an order that predecessors come first."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, graph=None):
        self._nodes = {}
        self._ready = None
        self._passed_out = self._finished = 0
        for node, predecessors in (graph or {}).items():
            self.add(node, *predecessors)

    def _node(self, node):
        if node not in self._nodes:
            self._nodes[node] = _Node(node)
        return self._nodes[node]

    def add(self, node, *predecessors):
        """Adds a node and what it depends on."""
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        info = self._node(node)
        info.waiting_for += len(predecessors)
        for predecessor in predecessors:
            self._node(predecessor).successors.append(node)

    def prepare(self):
        """Ends adding and looks for cycles."""
        if self._ready is not None and self._passed_out > 0:
            raise ValueError("cannot prepare() after starting iteration")
        if self._ready is None:
            self._ready = [n.node for n in self._nodes.values() if n.waiting_for == 0]
            for node in self._ready:
                self._nodes[node].state = "ready"
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        """All nodes that have become ready since the last time."""
        self._check_prepared()
        result = tuple(self._ready)
        for node in result:
            self._nodes[node].state = "out"
        self._ready.clear()
        self._passed_out += len(result)
        return result

    def is_active(self):
        """Is there more to come?"""
        self._check_prepared()
        return self._finished < self._passed_out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """Says that nodes given by get_ready() are done."""
        self._check_prepared()
        for node in nodes:
            if node not in self._nodes:
                raise ValueError(f"node {node!r} was not added using add()")
            info = self._nodes[node]
            if info.state == "done":
                raise ValueError(f"node {node!r} was already marked done")
            if info.state != "out":
                raise ValueError(
                    f"node {node!r} was not passed out (still not ready)"
                )
            info.state = "done"
            for successor in info.successors:
                later = self._nodes[successor]
                later.waiting_for -= 1
                if later.waiting_for == 0:
                    later.state = "ready"
                    self._ready.append(successor)
            self._finished += 1

    def static_order(self):
        """All nodes in order."""
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            yield from nodes
            self.done(*nodes)

    def _check_prepared(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")

    def _find_cycle(self):
        """The nodes of a cycle, the first one again at the end, or None; depth first."""
        seen = set()
        for start in self._nodes:
            path, places, trail = [], {}, []
            node = start
            while True:
                if node in places:
                    return path[places[node] :] + [node]
                if node not in seen:
                    seen.add(node)
                    trail.append(iter(self._nodes[node].successors))
                    places[node] = len(path)
                    path.append(node)
                while path:
                    node = next(trail[-1], self)
                    if node is not self:
                        break
                    del places[path.pop()]
                    trail.pop()
                else:
                    break
        return None
