"""Encodings by their names."""

from _codecs import decode, encode

__all__ = [
    "lookup",
    "encode",
    "decode",
    "getencoder",
    "getdecoder",
    "CodecInfo",
    "BOM",
    "BOM_BE",
    "BOM_LE",
    "BOM_UTF8",
    "BOM_UTF16",
    "BOM_UTF16_LE",
    "BOM_UTF16_BE",
    "BOM_UTF32",
    "BOM_UTF32_LE",
    "BOM_UTF32_BE",
    "Codec",
    "IncrementalEncoder",
    "IncrementalDecoder",
    "getincrementalencoder",
    "getincrementaldecoder",
    "iterencode",
    "iterdecode",
]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32_LE = b"\xff\xfe\0\0"
BOM_UTF32_BE = b"\0\0\xfe\xff"
BOM = BOM_UTF16 = BOM_UTF16_LE
BOM_UTF32 = BOM_UTF32_LE


class CodecInfo(tuple):
    """What `lookup` finds."""

    def __new__(
        cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
        incrementaldecoder=None, name=None, *, _is_text_encoding=None,
    ):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name, self.encode, self.decode = name, encode, decode
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        self.streamreader, self.streamwriter = streamreader, streamwriter
        self._is_text_encoding = True if _is_text_encoding is None else _is_text_encoding
        return self

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} object for encoding {self.name} at {id(self):#x}>"

    def __getnewargs__(self):
        return tuple(self)


class Codec:
    """An encoding without state."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes a text piece by piece."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        """Begins anew."""

    def getstate(self):
        return 0

    def setstate(self, state):
        """Goes back to a state that `getstate` gave."""


class IncrementalDecoder:
    """Decodes bytes piece by piece."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        """Begins anew."""

    def getstate(self):
        return b"", 0

    def setstate(self, state):
        """Goes back to a state that `getstate` gave."""


class _Encoder(IncrementalEncoder):
    """Of one encoding; a byte order mark comes first only."""

    _encoding = None

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self._begun = False

    def encode(self, input, final=False):
        encoded = input.encode(self._encoding, self.errors)
        if self._begun:
            mark = "".encode(self._encoding)
            encoded = encoded[len(mark) :]
        self._begun = self._begun or bool(input)
        return encoded

    def reset(self):
        self._begun = False


class _Decoder(IncrementalDecoder):
    """Of one encoding; bytes of an unfinished character wait for the rest."""

    _encoding = None

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.buffer = b""

    def decode(self, input, final=False):
        data = self.buffer + bytes(input)
        self.buffer = b""
        if final:
            return data.decode(self._encoding, self.errors)
        # Only the end of the data can be unfinished, by at most three bytes.
        for kept in range(min(4, len(data) + 1)):
            try:
                text = data[: len(data) - kept].decode(self._encoding, "strict" if kept < 3 else self.errors)
            except UnicodeDecodeError as error:
                if error.end < len(data) - kept and self.errors == "strict":
                    raise
                continue
            self.buffer = data[len(data) - kept :] if kept else b""
            if self.buffer and not _is_beginning(self.buffer, self._encoding):
                break
            return text
        self.buffer = b""
        return data.decode(self._encoding, self.errors)

    def reset(self):
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


def _is_beginning(data, encoding):
    """Can more bytes make a character of these?"""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.reason in ("unexpected end of data", "truncated data")
    return False


_NAMES = {
    "utf8": "utf-8", "utf_8": "utf-8", "u8": "utf-8", "ascii": "ascii", "us_ascii": "ascii", "646": "ascii",
    "latin_1": "iso8859-1", "latin1": "iso8859-1", "iso_8859_1": "iso8859-1", "iso8859_1": "iso8859-1",
    "l1": "iso8859-1", "utf_8_sig": "utf-8-sig", "utf8_sig": "utf-8-sig", "utf_16": "utf-16", "utf16": "utf-16",
    "utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be", "utf_32": "utf-32", "utf32": "utf-32",
    "utf_32_le": "utf-32-le", "utf_32_be": "utf-32-be", "unicode_escape": "unicode-escape",
    "raw_unicode_escape": "raw-unicode-escape", "cp1252": "cp1252", "windows_1252": "cp1252",
}  # fmt: skip
_found = {}


def lookup(encoding, /):
    """The functions of an encoding."""
    key = encoding.lower().replace("-", "_").replace(" ", "_")
    if key not in _found:
        _found[key] = _TRANSFORMS[key]() if key in _TRANSFORMS else _text_codec(encoding, key)
    return _found[key]


def _text_codec(encoding, key):
    try:
        "".encode(key)
    except LookupError:
        raise LookupError(f"unknown encoding: {encoding}") from None
    name = _NAMES.get(key, key)

    def encode(input, errors="strict"):
        return input.encode(key, errors or "strict"), len(input)

    def decode(input, errors="strict"):
        return bytes(input).decode(key, errors or "strict"), len(input)

    encoder = type("IncrementalEncoder", (_Encoder,), {"_encoding": key})
    decoder = type("IncrementalDecoder", (_Decoder,), {"_encoding": key})
    return CodecInfo(encode, decode, incrementalencoder=encoder, incrementaldecoder=decoder, name=name)


def _transform(name, encode, decode):
    """An encoding of texts by texts, or of bytes by bytes."""

    def coded(function):
        return lambda input, errors="strict": (function(input), len(input))

    return CodecInfo(coded(encode), coded(decode), name=name, _is_text_encoding=False)


def _rot13():
    table = {}
    for first in (65, 97):
        for n in range(26):
            table[first + n] = first + (n + 13) % 26
    return _transform("rot-13", lambda text: text.translate(table), lambda text: text.translate(table))


def _hex():
    from binascii import hexlify, unhexlify

    return _transform("hex", hexlify, unhexlify)


def _base64():
    from base64 import decodebytes, encodebytes

    return _transform("base64", encodebytes, decodebytes)


_TRANSFORMS = {
    "rot13": _rot13,
    "rot_13": _rot13,
    "hex": _hex,
    "hex_codec": _hex,
    "base64": _base64,
    "base_64": _base64,
    "base64_codec": _base64,
}


def getencoder(encoding):
    """The function that encodes."""
    return lookup(encoding).encode


def getdecoder(encoding):
    """The function that decodes."""
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    """The class of incremental encoders."""
    found = lookup(encoding).incrementalencoder
    if found is None:
        raise LookupError(encoding)
    return found


def getincrementaldecoder(encoding):
    """The class of incremental decoders."""
    found = lookup(encoding).incrementaldecoder
    if found is None:
        raise LookupError(encoding)
    return found


def iterencode(iterator, encoding, errors="strict", **kwargs):
    """Texts encoded one after the other."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for text in iterator:
        encoded = encoder.encode(text)
        if encoded:
            yield encoded
    rest = encoder.encode("", True)
    if rest:
        yield rest


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    """Bytes decoded one after the other."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for data in iterator:
        text = decoder.decode(data)
        if text:
            yield text
    rest = decoder.decode(b"", True)
    if rest:
        yield rest
