"""Universally unique identifiers (RFC 9562). Random ones repeat from run to run here."""

import time
from enum import Enum



_int, _bytes = int, bytes

RESERVED_NCS = "reserved for NCS compatibility"
RFC_4122 = "specified in RFC 4122"
RESERVED_MICROSOFT = "reserved for Microsoft compatibility"
RESERVED_FUTURE = "reserved for future definition"


class SafeUUID(Enum):
    """Whether a UUID was made in a way that is safe among processes."""

    safe = 0
    unsafe = -1
    unknown = None


class UUID:
    """128 bits, shown as 32 hexadecimal digits."""

    __slots__ = ("int", "is_safe", "__weakref__")

    def __init__(
        self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *, is_safe=SafeUUID.unknown
    ):
        if [hex, bytes, bytes_le, fields, int].count(None) != 4:
            raise TypeError("one of the hex, bytes, bytes_le, fields, or int arguments must be given")
        if hex is not None:
            digits = hex.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "")
            if len(digits) != 32:
                raise ValueError("badly formed hexadecimal UUID string")
            int = _int(digits, 16)
        if bytes_le is not None:
            if len(bytes_le) != 16:
                raise ValueError("bytes_le is not a 16-char string")
            bytes = bytes_le[3::-1] + bytes_le[5:3:-1] + bytes_le[7:5:-1] + bytes_le[8:]
        if bytes is not None:
            if len(bytes) != 16:
                raise ValueError("bytes is not a 16-char string")
            int = _int.from_bytes(bytes)
        if fields is not None:
            int = _from_fields(fields)
        if not 0 <= int < 1 << 128:
            raise ValueError("int is out of range (need a 128-bit value)")
        if version is not None:
            if not 1 <= version <= 8:
                raise ValueError("illegal version number")
            int = int & ~(0xC000 << 48) | 0x8000 << 48
            int = int & ~(0xF000 << 64) | version << 76
        object.__setattr__(self, "int", int)
        object.__setattr__(self, "is_safe", is_safe)

    def __setattr__(self, name, value):
        raise TypeError("UUID objects are immutable")

    def __getstate__(self):
        state = {"int": self.int}
        if self.is_safe is not SafeUUID.unknown:
            state["is_safe"] = self.is_safe.value
        return state

    def __setstate__(self, state):
        set_attribute = object.__setattr__
        set_attribute(self, "int", state["int"])
        set_attribute(self, "is_safe", SafeUUID(state.get("is_safe")))

    def __eq__(self, other):
        return self.int == other.int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self.int < other.int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self.int > other.int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self.int <= other.int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self.int >= other.int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self.int)

    def __int__(self):
        return self.int

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self):
        digits = self.hex
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    @property
    def hex(self):
        return f"{self.int:032x}"

    @property
    def bytes(self):
        return self.int.to_bytes(16)

    @property
    def bytes_le(self):
        data = self.bytes
        return data[3::-1] + data[5:3:-1] + data[7:5:-1] + data[8:]

    @property
    def fields(self):
        return (
            self.time_low,
            self.time_mid,
            self.time_hi_version,
            self.clock_seq_hi_variant,
            self.clock_seq_low,
            self.node,
        )

    @property
    def time_low(self):
        return self.int >> 96

    @property
    def time_mid(self):
        return self.int >> 80 & 0xFFFF

    @property
    def time_hi_version(self):
        return self.int >> 64 & 0xFFFF

    @property
    def clock_seq_hi_variant(self):
        return self.int >> 56 & 0xFF

    @property
    def clock_seq_low(self):
        return self.int >> 48 & 0xFF

    @property
    def clock_seq(self):
        return (self.clock_seq_hi_variant & 0x3F) << 8 | self.clock_seq_low

    @property
    def node(self):
        return self.int & 0xFFFF_FFFF_FFFF

    @property
    def time(self):
        if self.version == 6:
            return self.time_low << 28 | self.time_mid << 12 | self.time_hi_version & 0x0FFF
        if self.version == 7:
            return self.int >> 80
        return (self.time_hi_version & 0x0FFF) << 48 | self.time_mid << 32 | self.time_low

    @property
    def urn(self):
        return f"urn:uuid:{self}"

    @property
    def variant(self):
        top = self.int >> 61 & 7
        if top < 4:
            return RESERVED_NCS
        if top < 6:
            return RFC_4122
        return RESERVED_MICROSOFT if top == 6 else RESERVED_FUTURE

    @property
    def version(self):
        return self.int >> 76 & 0xF if self.variant == RFC_4122 else None


def _from_fields(fields):
    """The 128 bits of six numbers, each of its own width."""
    if len(fields) != 6:
        raise ValueError("fields is not a 6-tuple")
    number = 0
    for place, (part, bits) in enumerate(zip(fields, (32, 16, 16, 8, 8, 48)), 1):
        if not 0 <= part < 1 << bits:
            raise ValueError(f"field {place} out of range (need a {bits}-bit value)")
        number = number << bits | part
    return number


def getnode():
    """The number of the network card."""
    return 0x0242AC110002


_last_time = 0


def _timestamp():
    """Units of 100 ns since 1582, each value only once."""
    global _last_time
    now = time.time_ns() // 100 + 0x01B21DD213814000
    _last_time = max(now, _last_time + 1)
    return _last_time


def _random_bits(bits):
    from secrets import randbits

    return randbits(bits)


def uuid1(node=None, clock_seq=None):
    """From the time, and the number of the network card."""
    stamp = _timestamp()
    if clock_seq is None:
        clock_seq = _random_bits(14)
    node = getnode() if node is None else node
    high = clock_seq >> 8 & 0x3F
    parts = (stamp & 0xFFFFFFFF, stamp >> 32 & 0xFFFF, stamp >> 48 & 0x0FFF, high, clock_seq & 0xFF, node)
    return UUID(fields=parts, version=1)


def _from_name(maker, namespace, name, version):
    if isinstance(name, str):
        name = name.encode()
    return UUID(bytes=maker(namespace.bytes + name).digest()[:16], version=version)


def uuid3(namespace, name):
    """From the MD5 hash of a name."""
    from hashlib import md5

    return _from_name(md5, namespace, name, 3)


def uuid4():
    """A random one."""
    return UUID(int=_random_bits(128), version=4)


def uuid5(namespace, name):
    """From the SHA-1 hash of a name."""
    from hashlib import sha1

    return _from_name(sha1, namespace, name, 5)


def uuid6(node=None, clock_seq=None):
    """As version 1, in the order of time."""
    stamp = _timestamp()
    clock_seq = _random_bits(14) if clock_seq is None else clock_seq
    node = _random_bits(48) if node is None else node
    number = stamp >> 12 << 80 | (stamp & 0xFFF) << 64 | (clock_seq & 0x3FFF) << 48 | node
    return UUID(int=number, version=6)


def uuid7():
    """Milliseconds, then random bits: in the order of time."""
    return UUID(int=time.time_ns() // 1_000_000 << 80 | _random_bits(76), version=7)


def uuid8(a=None, b=None, c=None):
    """From three numbers of 48, 12 and 62 bits."""
    a = _random_bits(48) if a is None else a
    b = _random_bits(12) if b is None else b
    c = _random_bits(62) if c is None else c
    number = (a & (1 << 48) - 1) << 80 | (b & 0xFFF) << 64 | c & (1 << 62) - 1
    return UUID(int=number, version=8)


NAMESPACE_DNS = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_URL = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_OID = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_X500 = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")
NIL = UUID(int=0)
MAX = UUID(int=(1 << 128) - 1)
