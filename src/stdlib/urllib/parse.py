"""Taking web addresses apart and putting them together (RFC 3986)."""

from collections import namedtuple

__all__ = [
    "urlparse",
    "urlunparse",
    "urljoin",
    "urldefrag",
    "urlsplit",
    "urlunsplit",
    "urlencode",
    "parse_qs",
    "parse_qsl",
    "quote",
    "quote_plus",
    "quote_from_bytes",
    "unquote",
    "unquote_plus",
    "unquote_to_bytes",
    "DefragResult",
    "ParseResult",
    "SplitResult",
]

_HIERARCHICAL = (
    "", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp", "rtspu",
    "sftp", "svn", "svn+ssh", "ws", "wss",
)
_WITH_HOST = _HIERARCHICAL + ("telnet", "snews", "rsync", "nfs", "git", "git+ssh", "itms-services")
_WITH_PARAMETERS = ("", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel")
_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


class _NetLocation:
    """What can be read from `netloc`."""

    __slots__ = ()

    @property
    def _user_info(self):
        info, found, _ = self.netloc.rpartition("@")
        if not found:
            return None, None
        user, colon, password = info.partition(":")
        return user, password if colon else None

    @property
    def _host_info(self):
        _, _, host = self.netloc.rpartition("@")
        _, bracket, rest = host.partition("[")
        if bracket:
            name, _, port = rest.partition("]")
            _, _, port = port.partition(":")
        else:
            name, _, port = host.partition(":")
        return name, port or None

    username = property(lambda self: self._user_info[0])
    password = property(lambda self: self._user_info[1])

    @property
    def hostname(self):
        name = self._host_info[0]
        host, percent, zone = name.partition("%")
        return host.lower() + percent + zone or None

    @property
    def port(self):
        port = self._host_info[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        if int(port) > 65535:
            raise ValueError("Port out of range 0-65535")
        return int(port)


class DefragResult(namedtuple("DefragResult", "url fragment")):
    __slots__ = ()

    def geturl(self):
        return f"{self.url}#{self.fragment}" if self.fragment else self.url


class SplitResult(_NetLocation, namedtuple("SplitResult", "scheme netloc path query fragment")):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_NetLocation, namedtuple("ParseResult", "scheme netloc path params query fragment")):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


def _only_text(*parts):
    if any(isinstance(part, (bytes, bytearray)) for part in parts):
        from _loopscope import unsupported

        unsupported("urllib.parse with bytes")


def urlsplit(url, scheme="", allow_fragments=True):
    """Scheme, network location, path, query and fragment."""
    _only_text(url, scheme)
    url = url.lstrip("".join(map(chr, range(33))))
    for char in "\t\r\n":
        url, scheme = url.replace(char, ""), scheme.replace(char, "")
    netloc = query = fragment = ""
    at = url.find(":")
    if at > 0 and url[0].isascii() and url[0].isalpha() and _SCHEME.issuperset(url[:at]):
        scheme, url = url[:at].lower(), url[at + 1 :]
    if url[:2] == "//":
        end = min((at for char in "/?#" if (at := url.find(char, 2)) >= 0), default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, _, fragment = url.partition("#")
    if "?" in url:
        url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    """As urlsplit, with the parameters of the last part of the path apart."""
    scheme, netloc, url, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in _WITH_PARAMETERS and ";" in url:
        at = url.find(";", url.rfind("/") + 1) if "/" in url else url.find(";")
        if at >= 0:
            url, params = url[:at], url[at + 1 :]
    return ParseResult(scheme, netloc, url, params, query, fragment)


def urlunparse(components):
    scheme, netloc, url, params, query, fragment = components
    return urlunsplit((scheme, netloc, f"{url};{params}" if params else url, query, fragment))


def urlunsplit(components):
    """The address of these parts."""
    scheme, netloc, url, query, fragment = components
    if netloc:
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    elif url[:2] == "//":
        url = "//" + url
    elif scheme and scheme in _WITH_HOST and (not url or url[:1] == "/"):
        url = "//" + url
    if scheme:
        url = f"{scheme}:{url}"
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return url


def urljoin(base, url, allow_fragments=True):
    """An address relative to another one."""
    if not base:
        return url
    if not url:
        return base
    base_parts = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, base_parts.scheme, allow_fragments)
    if scheme != base_parts.scheme or scheme not in _HIERARCHICAL:
        return url
    if scheme in _WITH_HOST:
        if netloc:
            return urlunparse((scheme, netloc, path, params, query, fragment))
        netloc = base_parts.netloc
    if not path and not params:
        query = query or base_parts.query
        return urlunparse((scheme, netloc, base_parts.path, base_parts.params, query, fragment))
    segments = path.split("/")
    if path[:1] != "/":
        before = base_parts.path.split("/")
        segments = before[:-1] + segments
    return urlunparse((scheme, netloc, _without_dots(segments), params, query, fragment))


def _without_dots(segments):
    """The path without `.` and `..`."""
    segments[1:-1] = filter(None, segments[1:-1])
    kept = []
    for segment in segments:
        if segment == "..":
            if len(kept) > 1 or kept and kept[0]:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept) or "/"


def urldefrag(url):
    """The address without its fragment, and the fragment."""
    scheme, netloc, path, params, query, fragment = urlparse(url)
    bare = urlunparse((scheme, netloc, path, params, query, "")) if "#" in url else url
    return DefragResult(bare, fragment)


def quote(string, safe="/", encoding=None, errors=None):
    """Replaces special characters by %xx."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None or errors is not None:
        raise TypeError("quote() doesn't support 'encoding' or 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """As quote, with + for spaces."""
    space = " " if isinstance(safe, str) else b" "
    return quote(string, safe + space, encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    return "".join(chr(byte) if byte in _SAFE or byte in safe else f"%{byte:02X}" for byte in bs)


def unquote_to_bytes(string):
    """Replaces %xx by the bytes."""
    if isinstance(string, str):
        string = string.encode("utf-8")
    first, *rest = string.split(b"%")
    decoded = bytearray(first)
    for part in rest:
        digits = part[:2]
        if len(digits) == 2 and all(digit in b"0123456789abcdefABCDEF" for digit in digits):
            decoded.append(int(digits, 16))
            decoded += part[2:]
        else:
            decoded += b"%" + part
    return bytes(decoded)


def unquote(string, encoding="utf-8", errors="replace"):
    """Replaces %xx by the characters that they stand for."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        return string
    encoding, errors = encoding or "utf-8", errors or "replace"
    # Only runs of ASCII characters are decoded as bytes.
    pieces, run = [], []
    for char in string:
        if char.isascii():
            run.append(char)
            continue
        pieces.append(unquote_to_bytes("".join(run)).decode(encoding, errors))
        pieces.append(char)
        run.clear()
    pieces.append(unquote_to_bytes("".join(run)).decode(encoding, errors))
    return "".join(pieces)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """A query from a mapping or from pairs."""
    pairs = query.items() if hasattr(query, "items") else query

    def shown(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(value if isinstance(value, str) else str(value), safe, encoding, errors)

    made = []
    try:
        for key, value in pairs:
            several = doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__len__")
            for item in value if several else [value]:
                made.append(f"{shown(key)}={shown(item)}")
    except (TypeError, ValueError) as error:
        raise TypeError("not a valid non-string sequence or mapping object") from error
    return "&".join(made)


def parse_qs(
    qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
    separator="&",
):
    """A query as a dict of lists."""
    result = {}
    pairs = parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator)
    for name, value in pairs:
        result.setdefault(name, []).append(value)
    return result


def parse_qsl(
    qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
    separator="&",
):
    """A query as pairs of name and value."""
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if not qs:
        return []
    _only_text(qs)
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    pairs = []
    for field in qs.split(separator):
        if not field and not strict_parsing:
            continue
        name, equals, value = field.partition("=")
        if not equals and strict_parsing:
            raise ValueError(f"bad query field: {field!r}")
        if value or keep_blank_values:
            pairs.append((unquote_plus(name, encoding, errors), unquote_plus(value, encoding, errors)))
    return pairs


def __getattr__(name):
    if name in ("DefragResultBytes", "ParseResultBytes", "SplitResultBytes"):
        _only_text(b"")
    raise AttributeError(f"module 'urllib.parse' has no attribute {name!r}")
