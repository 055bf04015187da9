"""Conversions between bytes and text in ASCII, and checksums."""

from zlib import crc32

_B64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class Error(ValueError):
    pass


class Incomplete(Exception):
    pass


def _data(data):
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")


def _ascii(data):
    """What is to be decoded: bytes, or text of ASCII characters."""
    if isinstance(data, str):
        try:
            return data.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters")
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    kind = type(data).__name__
    raise TypeError(f"argument should be bytes, buffer or ASCII string, not '{kind}'")


def hexlify(data, sep=None, bytes_per_sep=1):
    """Two hexadecimal digits a byte."""
    data = _data(data)
    text = data.hex() if sep is None else data.hex(sep, bytes_per_sep)
    return text.encode()


def unhexlify(hexstr, /):
    """The bytes behind hexadecimal digits."""
    digits = _ascii(hexstr)
    if len(digits) % 2:
        raise Error("Odd-length string")
    if any(digit not in b"0123456789abcdefABCDEF" for digit in digits):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(digits.decode())


b2a_hex, a2b_hex = hexlify, unhexlify


def b2a_base64(data, /, *, newline=True):
    """Base 64, as one line."""
    data = _data(data)
    encoded = bytearray()
    for at in range(0, len(data), 3):
        chunk = data[at : at + 3]
        number = int.from_bytes(chunk.ljust(3, b"\0"))
        digits = bytes(_B64[number >> shift & 63] for shift in (18, 12, 6, 0))
        encoded += digits[: len(chunk) + 1].ljust(4, b"=")
    return bytes(encoded + b"\n" if newline else encoded)


def a2b_base64(data, /, *, strict_mode=False):
    """The bytes behind base 64. Other characters are skipped, unless `strict_mode`."""
    values = {byte: value for value, byte in enumerate(_B64)}
    data = _ascii(data)
    if strict_mode and data[:1] == b"=":
        raise Error("Leading padding not allowed")
    decoded, digits, number, padding = bytearray(), 0, 0, 0
    for byte in data:
        rest = digits % 4
        if byte == 0x3D:
            if strict_mode and (rest == 0 or rest + padding >= 4):
                raise Error("Excess padding not allowed")
            padding += 1
            continue
        if byte not in values:
            if strict_mode:
                raise Error("Only base64 data is allowed")
            continue
        if strict_mode and padding:
            complete = rest + padding >= 4
            raise Error("Excess data after padding" if complete else "Discontinuous padding not allowed")
        padding = 0
        number = number << 6 | values[byte]
        digits += 1
        if rest == 3:
            decoded += number.to_bytes(3)
            number = 0
    rest = digits % 4
    if rest == 1:
        raise Error(
            f"Invalid base64-encoded string: number of data characters ({digits}) "
            "cannot be 1 more than a multiple of 4"
        )
    if rest:
        if rest + padding < 4:
            raise Error("Incorrect padding")
        decoded += (number >> (2 if rest == 3 else 4)).to_bytes(rest - 1)
    return bytes(decoded)


def crc_hqx(data, crc, /):
    """The checksum of BinHex files: CRC-CCITT."""
    for byte in _data(data):
        crc ^= byte << 8
        for _ in range(8):
            crc = crc << 1 ^ (0x1021 if crc & 0x8000 else 0)
        crc &= 0xFFFF
    return crc
