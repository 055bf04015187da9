"""Templates of replacements: `\\1`, `\\g<name>` and the escapes of characters."""

from re._constants import PatternError

_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
}
_OCTAL = "01234567"
_DIGITS = "0123456789"


def parse_template(template, groups, names):
    """The parts of a template: strings and numbers of groups."""
    if isinstance(template, str):
        return _Reader(template, template, groups, names).read()
    if not isinstance(template, (bytes, bytearray)):
        raise TypeError(
            f"decoding to str: need a bytes-like object, {type(template).__name__} found"
        )
    parts = _Reader(template, template.decode("latin-1"), groups, names).read()
    return [part if isinstance(part, int) else part.encode("latin-1") for part in parts]


class _Reader:
    def __init__(self, template, text, groups, names):
        self.template = template
        self.text = text
        self.groups = groups
        self.names = names
        self.at = 0
        self.parts = []
        self.literal = []

    def error(self, message, place):
        return PatternError(message, self.template, place)

    def read(self):
        text = self.text
        while True:
            backslash = text.find("\\", self.at)
            if backslash < 0:
                break
            self.literal.append(text[self.at : backslash])
            self.at = backslash + 2
            if self.at > len(text):
                raise self.error("bad escape (end of pattern)", backslash)
            self.escape(text[backslash + 1], backslash)
        self.literal.append(text[self.at :])
        self.flush()
        return self.parts or [""]

    def flush(self):
        literal = "".join(self.literal)
        if literal:
            self.parts.append(literal)
        self.literal = []

    def group(self, number, place):
        if number > self.groups:
            raise self.error(f"invalid group reference {number}", place)
        self.flush()
        self.parts.append(number)

    def next_is(self, characters):
        return self.at < len(self.text) and self.text[self.at] in characters

    def escape(self, char, start):
        if char == "g":
            self.named(start)
        elif char == "0":
            for _ in range(2):
                if self.next_is(_OCTAL):
                    self.at += 1
            self.octal(start)
        elif char in _DIGITS:
            self.numbered(char, start)
        elif char in _ESCAPES:
            self.literal.append(_ESCAPES[char])
        elif char.isascii() and char.isalpha():
            raise self.error(f"bad escape \\{char}", start)
        else:
            self.literal.append("\\" + char)

    def octal(self, start):
        escape = self.text[start : self.at]
        value = int(escape[1:], 8)
        if value > 0o377:
            raise self.error(
                f"octal escape value {escape} outside of range 0-0o377", start
            )
        self.literal.append(chr(value))

    def numbered(self, char, start):
        if self.next_is(_DIGITS):
            second = self.text[self.at]
            self.at += 1
            if char in _OCTAL and second in _OCTAL and self.next_is(_OCTAL):
                self.at += 1
                self.octal(start)
                return
        self.group(int(self.text[start + 1 : self.at]), start + 1)

    def named(self, start):
        if not self.next_is("<"):
            raise self.error("missing <", self.at)
        begin = self.at + 1
        end = self.text.find(">", begin)
        if end == begin or begin == len(self.text):
            raise self.error("missing group name", begin)
        if end < 0:
            raise self.error("missing >, unterminated name", begin)
        name = self.text[begin:end]
        self.at = end + 1
        if name.isidentifier():
            if name not in self.names:
                raise IndexError(f"unknown group name {name!r}")
            self.group(self.names[name], begin)
        elif name.isascii() and name.isdigit():
            self.group(int(name), begin)
        else:
            raise self.error(f"bad character in group name {name!r}", begin)
