"""Keyed hashes of messages (RFC 2104)."""

import hashlib
from _operator import _compare_digest as compare_digest

__all__ = ["HMAC", "new", "digest", "compare_digest"]


class HMAC:
    """A hash of a message that only who knows the key can make."""

    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._make = _maker(digestmod)
        self._inner, self._outer = self._make(), self._make()
        self.block_size = self._inner.block_size
        self.digest_size = self._inner.digest_size
        if len(key) > self.block_size:
            key = self._make(key).digest()
        key = bytes(key).ljust(self.block_size, b"\0")
        self._outer.update(bytes(byte ^ 0x5C for byte in key))
        self._inner.update(bytes(byte ^ 0x36 for byte in key))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return f"hmac-{self._inner.name}"

    def update(self, msg):
        """Adds to the message."""
        self._inner.update(msg)

    def copy(self):
        """An object that goes on from here by itself."""
        other = object.__new__(HMAC)
        other.__dict__.update(self.__dict__)
        other._inner, other._outer = self._inner.copy(), self._outer.copy()
        return other

    def digest(self):
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer.digest()

    def hexdigest(self):
        return self.digest().hex()


def _maker(digestmod):
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return lambda data=b"": hashlib.new(digestmod, data)
    return lambda data=b"": digestmod.new(data)


def new(key, msg=None, digestmod=""):
    """A new HMAC object."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The HMAC of one message."""
    return HMAC(key, msg, digest).digest()
