"""md5, sha1 and sha2 by their definitions (RFC 1321, FIPS 180-4)."""


def _primes(count):
    found, number = [], 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _root_fraction(number, power, bits):
    """The first bits of the fraction of a root."""
    target = number << bits * power
    root = 1 << (target.bit_length() // power + 1)
    while True:
        better = ((power - 1) * root + target // root ** (power - 1)) // power
        if better >= root:
            return root & (1 << bits) - 1
        root = better


class _Digest:
    """What all digests share: blocks, padding, and the ways to show the result."""

    block_size = 64
    _order = "big"

    def __init__(self, data=b""):
        self._data = b""
        self.update(data)

    def update(self, data, /):
        """Adds bytes to what is digested."""
        if isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")
        self._data += bytes(data)

    def digest(self):
        """The digest as bytes."""
        length_size = self.block_size // 8
        length = (len(self._data) * 8).to_bytes(length_size, self._order)
        fill = -(len(self._data) + 1 + length_size) % self.block_size
        padded = self._data + b"\x80" + b"\0" * fill + length
        state = self._start()
        size = self._word // 8
        for at in range(0, len(padded), self.block_size):
            block = padded[at : at + self.block_size]
            words = [int.from_bytes(block[i : i + size], self._order) for i in range(0, len(block), size)]
            mask = (1 << self._word) - 1
            state = [(a + b) & mask for a, b in zip(state, self._mix(state, words))]
        return b"".join(word.to_bytes(size, self._order) for word in state)[: self.digest_size]

    _word = 32

    def hexdigest(self):
        """The digest as hexadecimal digits."""
        return self.digest().hex()

    def copy(self):
        """A digest that goes on from here by itself."""
        return type(self)(self._data)

    def __repr__(self):
        return f"<{self.name} _hashlib.HASH object @ {id(self):#x}>"


class _Sha2(_Digest):
    _tables = {}

    @property
    def _table(self):
        """The round constants: cube roots of the first primes."""
        rounds = 64 if self._word == 32 else 80
        if rounds not in self._tables:
            self._tables[rounds] = [_root_fraction(p, 3, self._word) for p in _primes(rounds)]
        return self._tables[rounds]

    def _start(self):
        return [_root_fraction(prime, 2, self._word) for prime in _primes(8)]

    def _turn(self, value, *amounts):
        bits, mask, result = self._word, (1 << self._word) - 1, 0
        for amount in amounts:
            result ^= (value >> amount | value << bits - amount) & mask
        return result

    def _mix(self, state, words):
        mask, turn = (1 << self._word) - 1, self._turn
        (a1, a2, a3), (b1, b2, b3), (c1, c2, c3), (d1, d2, d3) = self._amounts
        for at in range(16, len(self._table)):
            x, y = words[at - 15], words[at - 2]
            low = turn(x, a1, a2) ^ x >> a3
            high = turn(y, b1, b2) ^ y >> b3
            words.append(words[at - 16] + low + words[at - 7] + high & mask)
        a, b, c, d, e, f, g, h = state
        for constant, word in zip(self._table, words):
            one = h + turn(e, c1, c2, c3) + (e & f ^ ~e & mask & g) + constant + word
            two = turn(a, d1, d2, d3) + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = one + two & mask, a, b, c, d + one & mask, e, f, g
        return a, b, c, d, e, f, g, h


class Sha256(_Sha2):
    name, digest_size = "sha256", 32
    _amounts = ((7, 18, 3), (17, 19, 10), (6, 11, 25), (2, 13, 22))


class Sha224(Sha256):
    name, digest_size = "sha224", 28

    def _start(self):
        return [_root_fraction(prime, 2, 64) & 0xFFFFFFFF for prime in _primes(16)[8:]]


class Sha512(_Sha2):
    name, digest_size = "sha512", 64
    block_size, _word = 128, 64
    _amounts = ((1, 8, 7), (19, 61, 6), (14, 18, 41), (28, 34, 39))


class Sha384(Sha512):
    name, digest_size = "sha384", 48

    def _start(self):
        return [_root_fraction(prime, 2, 64) for prime in _primes(16)[8:]]


def _left(value, amount):
    return (value << amount | value >> 32 - amount) & 0xFFFFFFFF


_START = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]


class Sha1(_Digest):
    name, digest_size = "sha1", 20

    def _start(self):
        return _START + [0xC3D2E1F0]

    def _mix(self, state, words):
        for at in range(16, 80):
            mixed = words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]
            words.append(_left(mixed, 1))
        a, b, c, d, e = state
        for at, word in enumerate(words):
            if at < 20:
                f, k = b & c | ~b & 0xFFFFFFFF & d, 0x5A827999
            elif at < 40:
                f, k = b ^ c ^ d, 0x6ED9EBA1
            elif at < 60:
                f, k = b & c | b & d | c & d, 0x8F1BBCDC
            else:
                f, k = b ^ c ^ d, 0xCA62C1D6
            new = _left(a, 5) + f + e + k + word & 0xFFFFFFFF
            a, b, c, d, e = new, a, _left(b, 30), c, d
        return a, b, c, d, e


class Md5(_Digest):
    name, digest_size = "md5", 16
    _order = "little"
    _amounts = ((7, 12, 17, 22), (5, 9, 14, 20), (4, 11, 16, 23), (6, 10, 15, 21))

    def _start(self):
        return _START

    def _mix(self, state, words):
        from math import sin

        a, b, c, d = state
        for at in range(64):
            part = at // 16
            if part == 0:
                f, word = b & c | ~b & 0xFFFFFFFF & d, at
            elif part == 1:
                f, word = d & b | ~d & 0xFFFFFFFF & c, 5 * at + 1
            elif part == 2:
                f, word = b ^ c ^ d, 3 * at + 5
            else:
                f, word = c ^ (b | ~d & 0xFFFFFFFF), 7 * at
            constant = int(abs(sin(at + 1)) * 2**32)
            sum = a + f + constant + words[word % 16] & 0xFFFFFFFF
            a, d, c, b = d, c, b, b + _left(sum, self._amounts[part][at % 4]) & 0xFFFFFFFF
        return a, b, c, d
