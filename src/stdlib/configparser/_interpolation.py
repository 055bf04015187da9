"""References in the values of options: `%(name)s` and `${section:name}`."""

import re

from ._errors import (
    InterpolationDepthError,
    InterpolationMissingOptionError,
    InterpolationSyntaxError,
    NoOptionError,
    NoSectionError,
)

MAX_INTERPOLATION_DEPTH = 10


class Interpolation:
    """Values as they are written."""

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value


class _Referring(Interpolation):
    """What both ways of writing references share: `_sign` begins one, twice it stands for itself."""

    def before_get(self, parser, section, option, value, defaults):
        if value is None:
            return None
        parts = []
        self._expand(parser, option, parts, value, section, defaults, 1)
        return "".join(parts)

    def before_set(self, parser, section, option, value):
        rest = self._key.sub("", value.replace(self._sign * 2, ""))
        if self._sign in rest:
            raise ValueError(f"invalid interpolation syntax in {value!r} at position {rest.find(self._sign)}")
        return value

    def _expand(self, parser, option, parts, rest, section, known, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        sign = self._sign
        while rest:
            text, found, behind = rest.partition(sign)
            parts.append(text)
            if not found:
                return
            rest = found + behind
            if behind.startswith(sign):
                parts.append(sign)
                rest = behind[1:]
            elif behind.startswith(self._opening):
                match = self._key.match(rest)
                if match is None:
                    raise InterpolationSyntaxError(option, section, f"bad interpolation variable reference {rest!r}")
                rest = rest[match.end():]
                self._refer(parser, option, parts, match[1], (section, raw), known, depth)
            else:
                raise InterpolationSyntaxError(
                    option, section, f"{sign!r} must be followed by {sign!r} or {self._opening!r}, found: {rest!r}"
                )


class BasicInterpolation(_Referring):
    """`%(name)s` is the value of another option of the section, or of the defaults."""

    _sign, _opening = "%", "("
    _key = re.compile(r"%\(([^)]+)\)s")

    def _refer(self, parser, option, parts, name, place, known, depth):
        section, raw = place
        name = parser.optionxform(name)
        if name not in known:
            raise InterpolationMissingOptionError(option, section, raw, name) from None
        value = known[name]
        if "%" in value:
            self._expand(parser, option, parts, value, section, known, depth + 1)
        else:
            parts.append(value)


class ExtendedInterpolation(_Referring):
    """`${name}` and `${section:name}`."""

    _sign, _opening = "$", "{"
    _key = re.compile(r"\$\{([^}]+)\}")

    def _refer(self, parser, option, parts, reference, place, known, depth):
        section, raw = place
        path = reference.split(":")
        if len(path) > 2:
            raise InterpolationSyntaxError(option, section, f"More than one ':' found: {reference!r}")
        into, name = (path[0], path[-1]) if len(path) == 2 else (section, path[0])
        name = parser.optionxform(name)
        try:
            value = parser.get(into, name, raw=True) if len(path) == 2 else known[name]
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, raw, reference) from None
        if value is None:
            return
        if "$" in value:
            inner = dict(parser.items(into, raw=True)) if len(path) == 2 else known
            self._expand(parser, name, parts, value, into, inner, depth + 1)
        else:
            parts.append(value)
