"""Taking format strings apart: what CPython's `_string` module does in C."""


def pieces(text):
    """(literal, field name, spec, conversion) for each replacement field and the text before it."""
    at = 0
    while at < len(text):
        literal, at, opened = _literal(text, at)
        if not opened:
            yield literal, None, None, None
            continue
        end = _closing(text, at)
        yield (literal, *_field(text[at:end]))
        at = end + 1


def _literal(text, at):
    """The text up to a field or a doubled brace: (text, where to go on, does a field follow)."""
    start = at
    while at < len(text):
        char = text[at]
        if char not in "{}":
            at += 1
            continue
        if text[at : at + 2] == char * 2:
            return text[start : at + 1], at + 2, False
        if char == "}":
            raise ValueError("Single '}' encountered in format string")
        if at + 1 == len(text):
            raise ValueError("Single '{' encountered in format string")
        return text[start:at], at + 1, True
    return text[start:], at, False


def _closing(text, at):
    depth = 1
    while at < len(text):
        char = text[at]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return at
        elif char == "[" and depth == 1:
            closed = text.find("]", at)
            at = closed if closed >= 0 else at
        at += 1
    raise ValueError("expected '}' before end of string")


def _field(text):
    name_end = _name_end(text)
    name, rest = text[:name_end], text[name_end:]
    conversion = None
    if rest.startswith("!"):
        if len(rest) == 1:
            raise ValueError("unmatched '{' in format spec")
        conversion, rest = rest[1], rest[2:]
        if rest and not rest.startswith(":"):
            raise ValueError("expected ':' after conversion specifier")
    return name, rest[1:], conversion


def _name_end(text):
    bracket = False
    for at, char in enumerate(text):
        if char == "[":
            bracket = True
        elif char == "]":
            bracket = False
        elif char in "!:" and not bracket:
            return at
        elif char == "{":
            raise ValueError("unexpected '{' in field name")
    return len(text)


def steps(name):
    """The first part of a field name, and (is attribute, key) for each further one."""
    end = min([at for at in (name.find("."), name.find("[")) if at >= 0], default=len(name))
    first, at = name[:end], end
    rest = []
    while at < len(name):
        if name[at] == ".":
            ends = [e for e in (name.find(".", at + 1), name.find("[", at + 1)) if e >= 0]
            end = min(ends, default=len(name))
            key = name[at + 1 : end]
            rest.append((True, key))
            at = end
        elif name[at] == "[":
            end = name.find("]", at)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            key = name[at + 1 : end]
            rest.append((False, int(key) if key.isdigit() else key))
            at = end + 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if not key:
            raise ValueError("Empty attribute in format string")
    return int(first) if first.isdigit() else first, rest
