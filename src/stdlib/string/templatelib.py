"""Template strings, `t"…{value}…"`: the objects that they make."""

__all__ = ["Interpolation", "Template", "convert"]


class Interpolation:
    """One replacement field of a template string."""

    __match_args__ = ("value", "expression", "conversion", "format_spec")
    __slots__ = ("_value", "_expression", "_conversion", "_format_spec")

    def __init__(self, value, expression="", conversion=None, format_spec=""):
        if conversion not in (None, "a", "r", "s"):
            raise ValueError(
                "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'"
            )
        self._value, self._expression = value, expression
        self._conversion, self._format_spec = conversion, format_spec

    value = property(lambda self: self._value)
    expression = property(lambda self: self._expression)
    conversion = property(lambda self: self._conversion)
    format_spec = property(lambda self: self._format_spec)

    def __init_subclass__(cls):
        raise TypeError(
            "type 'string.templatelib.Interpolation' is not an acceptable base type"
        )

    def __repr__(self):
        return (
            f"Interpolation({self._value!r}, {self._expression!r}, "
            f"{self._conversion!r}, {self._format_spec!r})"
        )


class Template:
    """The strings and interpolations of a template string."""

    __slots__ = ("_strings", "_interpolations")

    def __new__(cls, *args):
        strings, interpolations = [""], []
        for part in args:
            if isinstance(part, str):
                strings[-1] += part
            elif isinstance(part, Interpolation):
                interpolations.append(part)
                strings.append("")
            else:
                raise TypeError(
                    "Template.__new__ *args need to be of type 'str' or "
                    f"'Interpolation', got {type(part).__name__}"
                )
        self = object.__new__(cls)
        self._strings, self._interpolations = tuple(strings), tuple(interpolations)
        return self

    strings = property(lambda self: self._strings)
    interpolations = property(lambda self: self._interpolations)

    @property
    def values(self):
        return tuple([part.value for part in self._interpolations])

    def __init_subclass__(cls):
        raise TypeError(
            "type 'string.templatelib.Template' is not an acceptable base type"
        )

    def __iter__(self):
        for at, text in enumerate(self._strings):
            if text:
                yield text
            if at < len(self._interpolations):
                yield self._interpolations[at]

    def __add__(self, other):
        if isinstance(other, Template):
            return Template(*self, *other)
        raise TypeError(
            "can only concatenate string.templatelib.Template "
            f'(not "{type(other).__name__}") to string.templatelib.Template'
        )

    def __repr__(self):
        return f"Template(strings={self._strings!r}, interpolations={self._interpolations!r})"


def convert(obj, /, conversion):
    """Applies `!r`, `!s` or `!a`."""
    if conversion is None:
        return obj
    if conversion == "r":
        return repr(obj)
    if conversion == "s":
        return str(obj)
    if conversion == "a":
        return ascii(obj)
    raise ValueError(f"invalid conversion specifier: {conversion}")
