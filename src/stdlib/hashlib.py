"""Digests of bytes: md5, the sha families, blake2."""

import _hashes

_SIZES = {
    "md5": (16, 64),
    "sha1": (20, 64),
    "sha224": (28, 64),
    "sha256": (32, 64),
    "sha384": (48, 128),
    "sha512": (64, 128),
    "sha3_224": (28, 144),
    "sha3_256": (32, 136),
    "sha3_384": (48, 104),
    "sha3_512": (64, 72),
    "shake_128": (0, 168),
    "shake_256": (0, 136),
    "blake2b": (64, 128),
    "blake2s": (32, 64),
}
algorithms_guaranteed = set(_SIZES)
algorithms_available = set(_SIZES)

_WITHOUT_GIL = 2048             # bytes at once from which on other threads may run meanwhile
_BYTES_PER_INSTRUCTION = 16     # some 2 ns a byte, where an instruction takes 30 ns

__all__ = (
    *_SIZES,
    "new",
    "algorithms_guaranteed",
    "algorithms_available",
    "file_digest",
)


class HASH:
    """A digest in the making."""

    __module__ = "_hashlib"
    _kind = "_hashlib.HASH object"

    def __init__(self, name, data=b""):
        self.name = name
        self.digest_size, self.block_size = _SIZES[name]
        self._chunks = []
        self.update(data)

    def update(self, data, /):
        """Adds bytes to what is digested."""
        if isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError("object supporting the buffer API required")
        self._chunks.append(bytes(data))
        if len(data) >= _WITHOUT_GIL:
            from _kernel import compute_outside
            compute_outside(len(data) // _BYTES_PER_INSTRUCTION)

    def _digest(self, size):
        if len(self._chunks) > 1:
            self._chunks = [b"".join(self._chunks)]
        return _hashes.digest(self.name, self._chunks[0], size)

    def digest(self):
        """The digest as bytes."""
        return self._digest(self.digest_size)

    def hexdigest(self):
        """The digest as hexadecimal digits."""
        return self.digest().hex()

    def copy(self):
        """A digest that goes on from here by itself."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._chunks = list(self._chunks)
        return other

    def __repr__(self):
        return f"<{self.name} {self._kind} @ {id(self):#x}>"


class HASHXOF(HASH):
    """A digest whose size is given when it is asked for."""

    __module__ = "_hashlib"
    _kind = "_hashlib.HASHXOF object"

    def digest(self, length):
        return self._digest(length)

    def hexdigest(self, length):
        return self.digest(length).hex()


class _Blake(HASH):
    def __init__(self, name, data=b"", digest_size=None, **parameters):
        largest = _SIZES[name][0]
        size = largest if digest_size is None else digest_size
        if not 1 <= size <= largest:
            raise ValueError(f"digest_size for {name.capitalize()} must be between 1 and {largest} bytes, here it is {size}")
        if any(parameters.values()):
            from _loopscope import unsupported

            unsupported(f"hashlib.{name} with {', '.join(parameters)}")
        HASH.__init__(self, name, data)
        self.digest_size = size

    def __repr__(self):
        return f"<_blake2.{self.name} object at {id(self):#x}>"


def _opener(name):
    kind = HASHXOF if name.startswith("shake") else HASH

    def open(data=b"", *, usedforsecurity=True, string=None):
        return kind(name, data if string is None else string)

    open.__name__ = open.__qualname__ = f"openssl_{name}"
    return open


md5, sha1, sha224, sha256, sha384, sha512 = map(_opener, list(_SIZES)[:6])
sha3_224, sha3_256, sha3_384, sha3_512, shake_128, shake_256 = map(_opener, list(_SIZES)[6:12])


def blake2b(data=b"", /, *, digest_size=64, usedforsecurity=True, **parameters):
    """BLAKE2 for computers of 64 bits."""
    return _Blake("blake2b", data, digest_size, **parameters)


def blake2s(data=b"", /, *, digest_size=32, usedforsecurity=True, **parameters):
    """BLAKE2 for small computers."""
    return _Blake("blake2s", data, digest_size, **parameters)


def new(name, data=b"", **kwargs):
    """A digest by the name of its algorithm."""
    plain = name.lower().replace("-", "_")
    for known in (plain, plain.replace("_", "")):
        if known in _SIZES:
            return globals()[known](data, **kwargs)
    raise ValueError(f"unsupported hash type {name}")


def file_digest(fileobj, digest, /, *, _bufsize=2**18):
    """The digest of a binary stream."""
    made = new(digest) if isinstance(digest, str) else digest()
    while chunk := fileobj.read(_bufsize):
        made.update(chunk)
    return made


def __getattr__(name):
    if name in ("pbkdf2_hmac", "scrypt"):
        from _loopscope import unsupported

        unsupported(f"hashlib.{name}")
    raise AttributeError(f"module 'hashlib' has no attribute {name!r}")
