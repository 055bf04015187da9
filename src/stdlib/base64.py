"""Bytes as text: base 64, 32, 16 and 85 (RFC 4648)."""

import binascii
import struct

__all__ = [
    "encode",
    "decode",
    "encodebytes",
    "decodebytes",
    "b64encode",
    "b64decode",
    "b32encode",
    "b32decode",
    "b32hexencode",
    "b32hexdecode",
    "b16encode",
    "b16decode",
    "b85encode",
    "b85decode",
    "a85encode",
    "a85decode",
    "z85encode",
    "z85decode",
    "standard_b64encode",
    "standard_b64decode",
    "urlsafe_b64encode",
    "urlsafe_b64decode",
]

_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32_HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"
_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_Z85 = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"


def _to_bytes(data):
    """Encoded data as bytes; ASCII text is welcome too."""
    if isinstance(data, str):
        try:
            return data.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters")
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    raise TypeError(
        f"argument should be a bytes-like object or ASCII string, not {type(data).__name__!r}"
    )


def _given_bytes(data):
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")


def b64encode(s, altchars=None):
    """Base 64; `altchars` stand for + and /."""
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b"+/", altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """The bytes behind base 64; characters outside the alphabet are skipped unless `validate`."""
    s = _to_bytes(s)
    if altchars is not None:
        altchars = _to_bytes(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    """Base 64 with - and _ in the place of + and /."""
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def encodebytes(s):
    """Base 64 in lines of 76 characters."""
    _given_bytes(s)
    return b"".join(binascii.b2a_base64(s[at : at + 57]) for at in range(0, len(s), 57))


def decodebytes(s):
    return binascii.a2b_base64(_given_bytes(s))


def encode(input, output):
    """Encodes a binary file to another."""
    while chunk := input.read(57):
        output.write(binascii.b2a_base64(chunk))


def decode(input, output):
    """Decodes a binary file to another."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _b32encode(alphabet, s):
    s = _given_bytes(s)
    encoded = bytearray()
    for at in range(0, len(s), 5):
        chunk = s[at : at + 5]
        number = int.from_bytes(chunk.ljust(5, b"\0"))
        digits = bytes(alphabet[number >> shift & 31] for shift in range(35, -1, -5))
        used = -(-len(chunk) * 8 // 5)
        encoded += digits[:used].ljust(8, b"=")
    return bytes(encoded)


def _b32decode(alphabet, s, casefold=False, map01=None):
    s = _to_bytes(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        map01 = _to_bytes(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b"01", b"O" + map01))
    if casefold:
        s = s.upper()
    stripped = s.rstrip(b"=")
    padding = len(s) - len(stripped)
    values = {byte: value for value, byte in enumerate(alphabet)}
    decoded = bytearray()
    for at in range(0, len(stripped), 8):
        number = 0
        for byte in stripped[at : at + 8].ljust(8, alphabet[:1]):
            if byte not in values:
                raise binascii.Error("Non-base32 digit found")
            number = number << 5 | values[byte]
        decoded += number.to_bytes(5)
    if padding not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    if padding:
        del decoded[len(decoded) - -(-padding * 5 // 8) :]
    return bytes(decoded)


def b32encode(s):
    """Base 32."""
    return _b32encode(_B32, s)


def b32decode(s, casefold=False, map01=None):
    return _b32decode(_B32, s, casefold, map01)


def b32hexencode(s):
    """Base 32 whose digits sort as the bytes do."""
    return _b32encode(_B32_HEX, s)


def b32hexdecode(s, casefold=False):
    return _b32decode(_B32_HEX, s, casefold)


def b16encode(s):
    """Hexadecimal digits in upper case."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _to_bytes(s)
    if casefold:
        s = s.upper()
    if any(byte not in b"0123456789ABCDEF" for byte in s):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


def _encode85(data, alphabet, pad, fold=b""):
    """Groups of four bytes as five digits; `fold` maps whole groups to one character."""
    padding = -len(data) % 4
    words = struct.unpack(f">{(len(data) + padding) // 4}I", data + b"\0" * padding)
    groups = []
    for word in words:
        if word in fold:
            groups.append(fold[word])
        else:
            groups.append(bytes(alphabet[word // 85**power % 85] for power in range(4, -1, -1)))
    if padding and not pad:
        if groups[-1] in (b"z",):
            groups[-1] = alphabet[:1] * 5
        groups[-1] = groups[-1][:-padding]
    return b"".join(groups)


def b85encode(b, pad=False):
    """Base 85 as Git uses it."""
    return _encode85(_given_bytes(b), _B85, pad, {})


def _decode85(data, alphabet, name):
    data = _to_bytes(data)
    values = {byte: value for value, byte in enumerate(alphabet)}
    padding = -len(data) % 5
    padded = data + alphabet[-1:] * padding
    decoded = bytearray()
    for at in range(0, len(padded), 5):
        number = 0
        for offset, byte in enumerate(padded[at : at + 5]):
            if byte not in values:
                raise ValueError(f"bad {name} character at position {at + offset}")
            number = number * 85 + values[byte]
        if number >= 1 << 32:
            raise ValueError(f"{name} overflow in hunk starting at byte {at}")
        decoded += number.to_bytes(4)
    return bytes(decoded[: len(decoded) - padding])


def b85decode(b):
    return _decode85(b, _B85, "base85")


def z85encode(s):
    """Base 85 as ZeroMQ uses it."""
    return b85encode(s).translate(bytes.maketrans(_B85, _Z85))


def z85decode(s):
    return _decode85(s, _Z85, "z85")


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Ascii85."""
    fold = {0: b"z"}
    if foldspaces:
        fold[0x20202020] = b"y"
    encoded = _encode85(_given_bytes(b), bytes(range(33, 118)), pad, fold)
    if adobe:
        encoded = b"<~" + encoded
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [encoded[at : at + wrapcol] for at in range(0, len(encoded), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b"")
        encoded = b"\n".join(lines)
    return encoded + b"~>" if adobe else encoded


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    b = _to_bytes(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    decoded, group = bytearray(), []
    for byte in b + b"u" * 4:
        if 33 <= byte <= 117:
            group.append(byte - 33)
            if len(group) == 5:
                number = 0
                for digit in group:
                    number = number * 85 + digit
                if number >= 1 << 32:
                    raise ValueError("Ascii85 overflow")
                decoded += number.to_bytes(4)
                group.clear()
        elif byte == 0x7A or foldspaces and byte == 0x79:
            if group:
                raise ValueError(f"{chr(byte)} inside Ascii85 5-tuple")
            decoded += b"\0\0\0\0" if byte == 0x7A else b"    "
        elif byte not in ignorechars:
            raise ValueError(f"Non-Ascii85 digit found: {chr(byte)}")
    padding = 4 - len(group)
    return bytes(decoded[: len(decoded) - padding] if padding else decoded)
