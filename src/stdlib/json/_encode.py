"""The writer of JSON texts, which CPython writes in C."""

_ESCAPES = {code: f"\\u{code:04x}" for code in range(32)}
_ESCAPES.update(
    {
        8: "\\b",
        9: "\\t",
        10: "\\n",
        12: "\\f",
        13: "\\r",
        34: '\\"',
        92: "\\\\",
    }
)


def encode_string(text, ensure_ascii=True):
    """A string as JSON."""
    escaped = text.translate(_ESCAPES)
    if ensure_ascii and not escaped.isascii():
        escaped = "".join([c if c < "\x80" else _escaped(ord(c)) for c in escaped])
    if ensure_ascii:
        escaped = escaped.replace("\x7f", "\\u007f")
    return f'"{escaped}"'


def _escaped(code):
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 | code >> 10:04x}\\u{0xDC00 | code & 0x3FF:04x}"


class Writer:
    """Writes one object with the settings of an encoder."""

    def __init__(self, encoder):
        self.encoder = encoder
        indent = encoder.indent
        self.indent = " " * indent if isinstance(indent, int) else indent
        self.open = {} if encoder.check_circular else None
        self.parts = []

    def parts_of(self, obj):
        self.write(obj, 0)
        return self.parts

    def float(self, number):
        if number != number:
            text = "NaN"
        elif number == float("inf"):
            text = "Infinity"
        elif number == float("-inf"):
            text = "-Infinity"
        else:
            return float.__repr__(number)
        if not self.encoder.allow_nan:
            raise ValueError(
                f"Out of range float values are not JSON compliant: {float.__repr__(number)}"
            )
        return text

    def simple(self, obj):
        """The text of an object that holds no others, or None."""
        if obj is None:
            return "null"
        if obj is True:
            return "true"
        if obj is False:
            return "false"
        if isinstance(obj, str):
            return encode_string(obj, self.encoder.ensure_ascii)
        if isinstance(obj, int):
            return int.__repr__(obj)
        if isinstance(obj, float):
            return self.float(obj)
        return None

    def write(self, obj, level):
        text = self.simple(obj)
        if text is not None:
            self.parts.append(text)
            return
        if self.open is not None:
            if id(obj) in self.open:
                raise ValueError("Circular reference detected")
            self.open[id(obj)] = obj
        if isinstance(obj, (list, tuple)):
            self.array(obj, level)
        elif isinstance(obj, dict):
            self.object(obj, level)
        else:
            replacement = self.encoder.default(obj)
            try:
                self.write(replacement, level)
            except Exception as error:
                error.add_note(f"when serializing {type(obj).__name__} object")
                raise
        if self.open is not None:
            del self.open[id(obj)]

    def newline(self, level):
        return "" if self.indent is None else "\n" + self.indent * level

    def array(self, items, level):
        if not items:
            self.parts.append("[]")
            return
        append = self.parts.append
        lead = "[" + self.newline(level + 1)
        separator = self.encoder.item_separator + self.newline(level + 1)
        for at, item in enumerate(items):
            try:
                text = self.simple(item)
                append(lead if text is None else lead + text)
                if text is None:
                    self.write(item, level + 1)
            except Exception as error:
                error.add_note(f"when serializing {type(items).__name__} item {at}")
                raise
            lead = separator
        self.close(level, "]")

    def object(self, obj, level):
        if not obj:
            self.parts.append("{}")
            return
        append = self.parts.append
        append("{")
        if self.indent is not None:
            append(self.newline(level + 1))
        separator = self.encoder.item_separator + self.newline(level + 1)
        items = obj.items()
        first = True
        for key, value in sorted(items) if self.encoder.sort_keys else items:
            text = self.key(key)
            if text is None:
                continue
            if not first:
                append(separator)
            first = False
            append(text)
            append(self.encoder.key_separator)
            try:
                self.write(value, level + 1)
            except Exception as error:
                error.add_note(f"when serializing {type(obj).__name__} item {key!r}")
                raise
        self.close(level, "}")

    def close(self, level, bracket):
        if self.indent is not None:
            self.parts.append(self.newline(level))
        self.parts.append(bracket)

    def key(self, key):
        if isinstance(key, str):
            return encode_string(key, self.encoder.ensure_ascii)
        if isinstance(key, (int, float)) or key is None:
            return f'"{self.simple(key)}"'
        if self.encoder.skipkeys:
            return None
        raise TypeError(
            "keys must be str, int, float, bool or None, "
            f"not {key.__class__.__name__}"
        )
