"""Finding what two sequences have in common."""

from collections import Counter, namedtuple
from heapq import nlargest
from types import GenericAlias

Match = namedtuple("Match", "a b size", module="difflib")

# Of a second sequence as long as this, elements that make up more than a hundredth are passed over.
_LONG = 200


class SequenceMatcher:
    """Compares a sequence with a second one, about which it remembers where each element stands."""

    __module__ = "difflib"
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Sets both sequences."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Sets the first sequence."""
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Sets the second sequence."""
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = self.fullbcount = None
            self._index()

    def _index(self):
        places = {}
        for place, element in enumerate(self.b):
            places.setdefault(element, []).append(place)
        is_junk = self.isjunk
        self.bjunk = {element for element in places if is_junk(element)} if is_junk else set()
        for element in self.bjunk:
            del places[element]
        self.bpopular = set()
        length = len(self.b)
        if self.autojunk and length >= _LONG:
            most = length // 100 + 1
            self.bpopular = {element for element, found in places.items() if len(found) > most}
            for element in self.bpopular:
                del places[element]
        self.b2j = places

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest common block without junk, of several the first, with equal neighbours added to it."""
        ahi = len(self.a) if ahi is None else ahi
        bhi = len(self.b) if bhi is None else bhi
        i, j, size = self._longest_run(alo, ahi, blo, bhi)
        for with_junk in (False, True):
            i, j, size = self._extended(i, j, size, (alo, ahi, blo, bhi), with_junk)
        return Match(i, j, size)

    def _longest_run(self, alo, ahi, blo, bhi):
        a, places = self.a, self.b2j
        best_i, best_j, best_size = alo, blo, 0
        # How long the run is that ends at each place of b, with the element of a that came last.
        runs = {}
        for i in range(alo, ahi):
            longer = {}
            for j in places.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                size = longer[j] = runs.get(j - 1, 0) + 1
                if size > best_size:
                    best_i, best_j, best_size = i - size + 1, j - size + 1, size
            runs = longer
        return best_i, best_j, best_size

    def _extended(self, i, j, size, bounds, with_junk):
        alo, ahi, blo, bhi = bounds
        a, b, junk = self.a, self.b, self.bjunk
        while i > alo and j > blo and (b[j - 1] in junk) is with_junk and a[i - 1] == b[j - 1]:
            i, j, size = i - 1, j - 1, size + 1
        while i + size < ahi and j + size < bhi and (b[j + size] in junk) is with_junk and a[i + size] == b[j + size]:
            size += 1
        return i, j, size

    def get_matching_blocks(self):
        """All common blocks, in order, and an empty one at the end."""
        if self.matching_blocks is None:
            self.matching_blocks = [Match._make(block) for block in self._merged(self._all_matches())]
        return self.matching_blocks

    def _all_matches(self):
        waiting, found = [(0, len(self.a), 0, len(self.b))], []
        while waiting:
            alo, ahi, blo, bhi = waiting.pop()
            i, j, size = match = self.find_longest_match(alo, ahi, blo, bhi)
            if not size:
                continue
            found.append(match)
            if alo < i and blo < j:
                waiting.append((alo, i, blo, j))
            if i + size < ahi and j + size < bhi:
                waiting.append((i + size, ahi, j + size, bhi))
        return sorted(found)

    def _merged(self, matches):
        """Blocks that touch in both sequences are one."""
        blocks = []
        for i, j, size in matches:
            if blocks and blocks[-1][0] + blocks[-1][2] == i and blocks[-1][1] + blocks[-1][2] == j:
                blocks[-1] = (blocks[-1][0], blocks[-1][1], blocks[-1][2] + size)
            else:
                blocks.append((i, j, size))
        blocks.append((len(self.a), len(self.b), 0))
        return blocks

    def get_opcodes(self):
        """How the first sequence becomes the second: tuples (tag, i1, i2, j1, j2)."""
        if self.opcodes is None:
            self.opcodes = codes = []
            i = j = 0
            for ai, bj, size in self.get_matching_blocks():
                if i < ai or j < bj:
                    tag = "insert" if i == ai else "delete" if j == bj else "replace"
                    codes.append((tag, i, ai, j, bj))
                i, j = ai + size, bj + size
                if size:
                    codes.append(("equal", ai, i, bj, j))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """Groups of changes, with n equal elements around each."""
        codes = self.get_opcodes() or [("equal", 0, 1, 0, 1)]
        tag, i1, i2, j1, j2 = codes[0]
        if tag == "equal":
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        tag, i1, i2, j1, j2 = codes[-1]
        if tag == "equal":
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        """How alike they are, from 0 to 1."""
        return self._share(sum(block.size for block in self.get_matching_blocks()))

    def quick_ratio(self):
        """At least `ratio()`: the order of elements does not count."""
        if self.fullbcount is None:
            self.fullbcount = dict(Counter(self.b))
        left, common = {}, 0
        for element in self.a:
            available = left.get(element, self.fullbcount.get(element, 0))
            left[element] = available - 1
            common += available > 0
        return self._share(common)

    def real_quick_ratio(self):
        """At least `quick_ratio()`: only the lengths count."""
        return self._share(min(len(self.a), len(self.b)))

    def _share(self, common):
        total = len(self.a) + len(self.b)
        return 2.0 * common / total if total else 1.0


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The n possibilities that are most like a word, the best first."""
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    matcher, found = SequenceMatcher(), []
    matcher.set_seq2(word)
    for possibility in possibilities:
        matcher.set_seq1(possibility)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff:
            ratio = matcher.ratio()
            if ratio >= cutoff:
                found.append((ratio, possibility))
    return [possibility for ratio, possibility in nlargest(n, found)]
