"""Numbers beyond 32 bits in the places where positions, lengths and counts are expected."""

from collections import deque
import itertools
import random
import struct

BIG = 2**32
CASES = {}


def case(function):
    CASES[function.__name__] = function


def lengths(big):
    return len(range(big + 3)), range(big)[-1], range(0, big, 2).index(big - 2), big in range(big + 1)


def positions(big):
    items = [1, 2, 3]
    items.insert(big, 4)
    items.insert(-big, 0)
    return items, items[big:], items[:big], items[-big:2], items[::big], "abc"[big:], b"abc"[1:big], (1, 2)[-big:]


def wrong_positions(big):
    out = []
    for attempt in (
        lambda: [1][big], lambda: "a"[big], lambda: b"a"[-big], lambda: (1,)[big], lambda: [1].pop(big),
        lambda: deque([1])[big], lambda: range(3)[big],
        lambda: "{%d}" .__mod__(big).format(1), lambda: bytearray(b"a").pop(big),
        lambda: [1, 2].index(2, big), lambda: (1, 2).index(2, big), lambda: deque([1]).index(1, big),
        lambda: "abc".index("c", big), lambda: b"abc".index(b"c", big),
    ):
        try:
            out.append(attempt())
        except Exception as error:
            out.append((type(error).__name__, str(error)))
    return out


def searches(big):
    return "abcabc".find("a", -big, big), "abc".rfind("c", big), b"abc".count(b"a", -big, big), "abc".startswith("c", big), \
        [1, 2, 1].index(1, -big, big), "a-b-c".split("-", big), "aaa".replace("a", "b", big)


def deques(big):
    items = deque([1, 2, 3], big)
    items.rotate(big)
    items.rotate(-big - 1)
    items.insert(big, 4)
    items.insert(-big, 0)
    return items, items.maxlen, deque(maxlen=big + 1).maxlen


def counts(big):
    return "" * big, [] * big, () * big, b"" * -big, "x" * -big, "x".zfill(-big), next(itertools.islice([1, 2], big, None), None), \
        list(itertools.islice("abc", 0, big, big)), list(itertools.repeat(1, 2)), [*zip(range(big), "ab")]


def too_large(big):
    out = []
    for attempt in (
        lambda: bytes(big * 1000), lambda: bytearray(big * 1000), lambda: "x" * (big * 1000), lambda: [0] * (big * 1000),
        lambda: " ".ljust(big * 1000), lambda: (0).to_bytes(big * 1000), lambda: b"a".zfill(big * 1000),
    ):
        try:
            out.append(len(attempt()))
        except (MemoryError, OverflowError) as error:
            out.append(type(error).__name__)
    return out


def numbers(big):
    return hash(big), hash(-big), hash(float(big)), hash(big * 1.5), hash((big, big)), hash("x" * 3), hash(big**3), \
        int(float(big) + 0.5), round(big + 0.5), big.bit_length(), (-big).bit_count(), big >> 31, big >> big, -1 >> big, \
        0 << big, pow(3, big, 7), divmod(-big, 7), big % -5, float(big), f"{big:,d} {big:x} {big:e} {float(big):.3f}", \
        int("1" * 20, 3), int.from_bytes(b"\xff" * 8), (2**63 - 1).to_bytes(8), round(big, -9), round(12.5, -big)


def texts(big):
    return "%d" % big, "%s" % (big,), "{0}".format(big), f"{'x':>3}", "%.3s" % "abcdef", str(big), repr(-big), \
        str(big).zfill(12), chr(0x1F600), ord("\U0001F600")


def raises(big):
    out = []
    for attempt in (
        lambda: chr(big + 65), lambda: "%*d" % (big * big, 1), lambda: f"{1:{big * big}}", lambda: "x".center(big * big),
        lambda: struct.pack("I", big), lambda: bytes([big]), lambda: 1 << (big * big),
        lambda: "{:.%df}".__mod__(big).format(1.0), lambda: list(range(big * 4000)), lambda: deque([], big * big),
        lambda: range(big * big)[big * big], lambda: len(range(big * big)), lambda: [1, 2][big * big], lambda: "ab"[big * big],
        lambda: round(1.5, big * big), lambda: (1).__lshift__(-big),
    ):
        try:
            out.append(len(attempt()))
        except Exception as error:
            out.append((type(error).__name__, str(error)))
    return out


def dictionaries(big):
    table = {n * big: n for n in range(50)}
    table.update({float(n * big): -n for n in range(50, 60)})
    return list(table.items())[::7], sorted({hash(n * big + 1) % 97 for n in range(40)}), {n * big for n in range(20)}


def chance(big):
    chooser = random.Random(big)
    return chooser.randrange(big * 8), chooser.getrandbits(70), chooser.randint(-big, big), chooser.choice(range(big * 2)), \
        chooser.random(), chooser.sample(range(big), 2)


def lengths_of_our_own(big):
    class Long:
        def __len__(self):
            return big + 1

        def __length_hint__(self):
            return big

    return len(Long()), bool(Long())


for function in (lengths, positions, wrong_positions, searches, deques, counts, numbers, texts, raises, dictionaries, chance,
                 lengths_of_our_own):
    print(function.__name__)
    try:
        result = function(BIG)
        for part in result if isinstance(result, (list, tuple)) else [result]:
            print("   ", part)
    except Exception as error:
        print("   ", type(error).__name__, error)
