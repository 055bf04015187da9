"""Text in HTML."""

import re

__all__ = ["escape", "unescape"]

_NAMED = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\xa0", "copy": "\xa9", "reg": "\xae",
    "deg": "\xb0", "plusmn": "\xb1", "micro": "\xb5", "middot": "\xb7", "frac12": "\xbd", "times": "\xd7",
    "divide": "\xf7", "auml": "\xe4", "ouml": "\xf6", "uuml": "\xfc", "Auml": "\xc4", "Ouml": "\xd6",
    "Uuml": "\xdc", "szlig": "\xdf", "eacute": "\xe9", "egrave": "\xe8", "agrave": "\xe0", "aacute": "\xe1",
    "ccedil": "\xe7", "ntilde": "\xf1", "oacute": "\xf3", "uacute": "\xfa", "iacute": "\xed", "laquo": "\xab",
    "raquo": "\xbb", "sect": "\xa7", "para": "\xb6", "cent": "\xa2", "pound": "\xa3", "yen": "\xa5",
    "euro": "\u20ac", "hellip": "\u2026", "ndash": "\u2013", "mdash": "\u2014", "lsquo": "\u2018",
    "rsquo": "\u2019", "ldquo": "\u201c", "rdquo": "\u201d", "bull": "\u2022", "trade": "\u2122",
    "larr": "\u2190", "uarr": "\u2191", "rarr": "\u2192", "darr": "\u2193", "infin": "\u221e", "ne": "\u2260",
    "le": "\u2264", "ge": "\u2265", "hearts": "\u2665", "alpha": "\u03b1", "beta": "\u03b2", "pi": "\u03c0",
}


def escape(s, quote=True):
    """Replaces the characters that mean something in HTML."""
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return s.replace('"', "&quot;").replace("'", "&#x27;") if quote else s


def unescape(s):
    """Replaces references to characters by the characters."""
    if "&" not in s:
        return s
    return re.sub(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};)", _character, s)


def _character(match):
    name = match.group(1).rstrip(";")
    if not name.startswith("#"):
        if name in _NAMED:
            return _NAMED[name]
        from _loopscope import unsupported

        unsupported(f"html.unescape() of &{name};")
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return "\ufffd"
    return chr(number)
