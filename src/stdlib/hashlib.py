"""Digests: md5, sha1 and the sha2 family."""

from _digests import Md5, Sha1, Sha224, Sha256, Sha384, Sha512

algorithms_available = algorithms_guaranteed = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
_KINDS = {kind.name: kind for kind in (Md5, Sha1, Sha224, Sha256, Sha384, Sha512)}

__all__ = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "new", "algorithms_guaranteed", "algorithms_available")


def _opener(kind):
    def open(data=b"", *, usedforsecurity=True, string=None):
        return kind(data if string is None else string)

    open.__name__ = open.__qualname__ = f"openssl_{kind.name}"
    return open


md5, sha1, sha224 = _opener(Md5), _opener(Sha1), _opener(Sha224)
sha256, sha384, sha512 = _opener(Sha256), _opener(Sha384), _opener(Sha512)


def new(name, data=b"", **kwargs):
    """A digest by the name of its algorithm."""
    kind = _KINDS.get(name.lower().replace("-", ""))
    if kind is None:
        raise ValueError(f"unsupported hash type {name}")
    return kind(data)


def __getattr__(name):
    if name in ("blake2b", "blake2s", "sha3_256", "sha3_512", "shake_128", "shake_256", "pbkdf2_hmac", "scrypt"):
        from _loopscope import unsupported

        unsupported(f"hashlib.{name}")
    raise AttributeError(f"module 'hashlib' has no attribute {name!r}")
