"""The part of `codecs` that CPython writes in C: encoding and decoding by name."""

def encode(obj, encoding="utf-8", errors="strict"):
    """An object in an encoding."""
    import codecs

    return codecs.lookup(encoding).encode(obj, errors)[0]


def decode(obj, encoding="utf-8", errors="strict"):
    """What an object stands for in an encoding."""
    import codecs

    return codecs.lookup(encoding).decode(obj, errors)[0]
