"""The scanner of JSON texts, which CPython writes in C."""

_BLANK = " \t\n\r"
_DIGITS = "0123456789"
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_WORDS = {"n": ("null", None), "t": ("true", True), "f": ("false", False)}


def _error(message, text, at):
    from json.decoder import JSONDecodeError

    return JSONDecodeError(message, text, at)


class Scanner:
    """Reads one text with the settings of a decoder."""

    def __init__(self, decoder, text):
        self.decoder = decoder
        self.text = text
        self.strict = decoder.strict
        self.keys = {}

    def value(self, at):
        """(value, end) of what begins at a place; StopIteration(place) when nothing does."""
        text = self.text
        char = text[at : at + 1]
        if char == '"':
            return self.string(at + 1)
        if char == "{":
            return self.object(at + 1)
        if char == "[":
            return self.array(at + 1)
        if char in _WORDS:
            word, value = _WORDS[char]
            if text.startswith(word, at):
                return value, at + len(word)
        elif char == "-" or char in _DIGITS and char:
            found = self.number(at)
            if found is not None:
                return found
        for word in ("NaN", "Infinity", "-Infinity"):
            if text.startswith(word, at):
                return self.decoder.parse_constant(word), at + len(word)
        raise StopIteration(at)

    def digits(self, at):
        """Where the digits that begin at a place end."""
        text = self.text
        while text[at : at + 1] in _DIGITS and at < len(text):
            at += 1
        return at

    def number(self, at):
        text = self.text
        start = at
        if text[at] == "-":
            at += 1
        first = at
        at = at + 1 if text[at : at + 1] == "0" else self.digits(at)
        if at == first:
            return None
        whole = at
        if text[at : at + 1] == ".":
            end = self.digits(at + 1)
            at = end if end > at + 1 else at
        if at < len(text) and text[at] in "eE":
            sign = at + 1 + (text[at + 1 : at + 2] in ("+", "-"))
            end = self.digits(sign)
            at = end if end > sign else at
        if at == whole:
            return self.decoder.parse_int(text[start:at]), at
        return self.decoder.parse_float(text[start:at]), at

    def blank(self, at):
        """Where the blanks that begin at a place end."""
        text = self.text
        while at < len(text) and text[at] in _BLANK:
            at += 1
        return at

    def string(self, at):
        """(string, end); `at` is behind the opening quote."""
        text = self.text
        begin = at - 1
        parts = []
        while True:
            quote = text.find('"', at)
            if quote < 0:
                # A backslash or a control character before the end is found first.
                quote = len(text)
            backslash = text.find("\\", at, quote)
            end = quote if backslash < 0 else backslash
            if self.strict and not text[at:end].isprintable():
                self.check_controls(at, end)
            parts.append(text[at:end])
            if end == len(text):
                raise _error("Unterminated string starting at", text, begin)
            if backslash < 0:
                return "".join(parts), end + 1
            char, at = self.escape(backslash, begin)
            parts.append(char)

    def check_controls(self, start, end):
        for at in range(start, end):
            if self.text[at] < " ":
                raise _error("Invalid control character at", self.text, at)

    def escape(self, backslash, begin):
        text = self.text
        char = text[backslash + 1 : backslash + 2]
        if not char:
            raise _error("Unterminated string starting at", text, begin)
        if char != "u":
            if char not in _ESCAPES:
                raise _error("Invalid \\escape", text, backslash)
            return _ESCAPES[char], backslash + 2
        at = backslash + 6
        code = self.unit(backslash + 2)
        if 0xD800 <= code < 0xDC00 and text[at : at + 2] == "\\u":
            low = self.unit(at + 2)
            if 0xDC00 <= low < 0xE000:
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                at += 6
        return chr(code), at

    def unit(self, at):
        digits = self.text[at : at + 4]
        if len(digits) == 4:
            try:
                if digits.isalnum():
                    return int(digits, 16)
            except ValueError:
                pass
        raise _error("Invalid \\uXXXX escape", self.text, at - 1)

    def object(self, at):
        """(dict, end); `at` is behind the opening brace."""
        text = self.text
        pairs = []
        at = self.blank(at)
        if text[at : at + 1] == "}":
            return self.finished(pairs), at + 1
        while True:
            if text[at : at + 1] != '"':
                raise _error(
                    "Expecting property name enclosed in double quotes", text, at
                )
            key, at = self.string(at + 1)
            key = self.keys.setdefault(key, key)
            at = self.blank(at)
            if text[at : at + 1] != ":":
                raise _error("Expecting ':' delimiter", text, at)
            value, at = self.value(self.blank(at + 1))
            pairs.append((key, value))
            at = self.blank(at)
            sign = text[at : at + 1]
            if sign == "}":
                return self.finished(pairs), at + 1
            if sign != ",":
                raise _error("Expecting ',' delimiter", text, at)
            comma = at
            at = self.blank(at + 1)
            if text[at : at + 1] == "}":
                raise _error(
                    "Illegal trailing comma before end of object", text, comma
                )

    def finished(self, pairs):
        decoder = self.decoder
        if decoder.object_pairs_hook is not None:
            return decoder.object_pairs_hook(pairs)
        made = dict(pairs)
        return made if decoder.object_hook is None else decoder.object_hook(made)

    def array(self, at):
        """(list, end); `at` is behind the opening bracket."""
        text = self.text
        values = []
        at = self.blank(at)
        if text[at : at + 1] == "]":
            return values, at + 1
        while True:
            value, at = self.value(at)
            values.append(value)
            at = self.blank(at)
            sign = text[at : at + 1]
            if sign == "]":
                return values, at + 1
            if sign != ",":
                raise _error("Expecting ',' delimiter", text, at)
            comma = at
            at = self.blank(at + 1)
            if text[at : at + 1] == "]":
                raise _error("Illegal trailing comma before end of array", text, comma)
