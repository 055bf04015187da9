"""Writing JSON."""

from json._encode import Writer, encode_string

__all__ = ["JSONEncoder"]


class JSONEncoder:
    """Writes objects as JSON; `default` can be overridden for further kinds of objects."""

    item_separator = ", "
    key_separator = ": "

    def __init__(
        self,
        *,
        skipkeys=False,
        ensure_ascii=True,
        check_circular=True,
        allow_nan=True,
        sort_keys=False,
        indent=None,
        separators=None,
        default=None,
    ):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """What to write instead of an object of another kind; this one refuses."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The JSON text of an object."""
        if isinstance(o, str):
            return encode_string(o, self.ensure_ascii)
        return "".join(Writer(self).parts_of(o))

    def iterencode(self, o, _one_shot=False):
        """The JSON text of an object in pieces."""
        return iter(Writer(self).parts_of(o))
