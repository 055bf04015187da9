"""Constants of characters, templates with `$name`, and the formatter behind str.format."""

__all__ = [
    "ascii_letters",
    "ascii_lowercase",
    "ascii_uppercase",
    "capwords",
    "digits",
    "hexdigits",
    "octdigits",
    "printable",
    "punctuation",
    "whitespace",
    "Formatter",
    "Template",
]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Every word with a capital letter at its beginning and small ones behind."""
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


_absent = {}


class Template:
    """A string class for supporting $-substitutions."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = None

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls._compile_pattern()

    @classmethod
    def _compile_pattern(cls):
        import re

        pattern = cls.__dict__.get("pattern")
        if pattern is None:
            delimiter = re.escape(cls.delimiter)
            bracketed = cls.braceidpattern or cls.idpattern
            pattern = rf"""
            {delimiter}(?:
              (?P<escaped>{delimiter})  |
              (?P<named>{cls.idpattern})       |
              {{(?P<braced>{bracketed})}} |
              (?P<invalid>)
            )
            """
        flags = re.IGNORECASE if cls.flags is None else cls.flags
        cls.pattern = re.compile(pattern, flags | re.VERBOSE)
        return cls.pattern

    def __init__(self, template):
        self.template = template

    def _pattern(self):
        # Compiled at the first use, so that importing this module needs no regular expressions.
        pattern = getattr(type(self), "pattern", None)
        return Template._compile_pattern() if pattern is None else pattern

    def _invalid(self, found):
        at = found.start("invalid")
        lines = self.template[:at].splitlines(keepends=True)
        if not lines:
            column = line = 1
        else:
            column = at - len("".join(lines[:-1]))
            line = len(lines)
        raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")

    def substitute(self, mapping=_absent, /, **kws):
        """The template with placeholders replaced; KeyError when a value is missing."""
        values = _merged(mapping, kws)

        def convert(found):
            name = found.group("named") or found.group("braced")
            if name is not None:
                return str(values[name])
            if found.group("escaped") is not None:
                return self.delimiter
            if found.group("invalid") is not None:
                self._invalid(found)
            raise ValueError("Unrecognized named group in pattern", self._pattern())

        return self._pattern().sub(convert, self.template)

    def safe_substitute(self, mapping=_absent, /, **kws):
        """The same, leaving placeholders without a value as they are."""
        values = _merged(mapping, kws)

        def convert(found):
            name = found.group("named") or found.group("braced")
            if name is not None:
                try:
                    return str(values[name])
                except KeyError:
                    return found.group()
            if found.group("escaped") is not None:
                return self.delimiter
            if found.group("invalid") is not None:
                return found.group()
            raise ValueError("Unrecognized named group in pattern", self._pattern())

        return self._pattern().sub(convert, self.template)

    def is_valid(self):
        """Are all placeholders well formed?"""
        matches = self._pattern().finditer(self.template)
        return all(found.group("invalid") is None for found in matches)

    def get_identifiers(self):
        """The names of the placeholders, in order of their first appearance."""
        names = []
        for found in self._pattern().finditer(self.template):
            name = found.group("named") or found.group("braced")
            if name is not None and name not in names:
                names.append(name)
        return names


def _merged(mapping, kws):
    if mapping is _absent:
        return kws
    if not kws:
        return mapping
    from collections import ChainMap

    return ChainMap(kws, mapping)


class Formatter:
    """What str.format does, in pieces that can be overridden."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used_args = set()
        result, _ = self._vformat(format_string, args, kwargs, used_args, 2)
        self.check_unused_args(used_args, args, kwargs)
        return result

    def _vformat(
        self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0
    ):
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if field is None:
                continue
            field, auto_arg_index = _numbered(field, auto_arg_index)
            obj, used = self.get_field(field, args, kwargs)
            used_args.add(used)
            obj = self.convert_field(obj, conversion)
            spec, auto_arg_index = self._vformat(
                spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index
            )
            result.append(self.format_field(obj, spec))
        return "".join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """Pieces of the form (literal, field name, format spec, conversion)."""
        from string._format import pieces

        return pieces(format_string)

    def get_field(self, field_name, args, kwargs):
        """The object that a field name means, and the argument it begins with."""
        from string._format import steps

        first, rest = steps(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attribute, key in rest:
            obj = getattr(obj, key) if is_attribute else obj[key]
        return obj, first


def _numbered(field, auto):
    """A field name with the number that an empty one stands for."""
    head = field.partition(".")[0].partition("[")[0]
    if head == "":
        if auto is False:
            raise ValueError(
                "cannot switch from manual field specification to automatic field numbering"
            )
        return str(auto) + field, auto + 1
    if head.isdigit():
        if auto:
            raise ValueError(
                "cannot switch from automatic field numbering to manual field specification"
            )
        return field, False
    return field, auto
