"""Data structures printed over several lines, nicely indented."""

import re
import sys
import types
from collections import Counter, OrderedDict, UserDict, UserList, UserString
from collections import defaultdict, deque
from io import StringIO

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Prints an object to a stream, by default stdout."""
    PrettyPrinter(
        stream=stream,
        indent=indent,
        width=width,
        depth=depth,
        compact=compact,
        sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    ).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """What pprint() prints, without the last newline."""
    return PrettyPrinter(
        indent=indent,
        width=width,
        depth=depth,
        compact=compact,
        sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    ).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """The same with dicts in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """A repr that survives objects that contain themselves."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Can the output be read back by eval()?"""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    """Does the object contain itself?"""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _Key:
    """Sorts keys of different types by type and identity."""

    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            mine = (str(type(self.obj)), id(self.obj))
            return mine < (str(type(other.obj)), id(other.obj))


def _by_key(item):
    return _Key(item[0])


class PrettyPrinter:
    """Prints objects with some settings."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        """Prints an object."""
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        """The text of an object."""
        stream = StringIO()
        self._format(object, stream, 0, 0, {}, 0)
        return stream.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        text, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """(text, can it be read back, does it contain itself)."""
        return self._safe_repr(object, context, maxlevels, level)

    def _repr(self, object, context, level):
        return self.format(object, context.copy(), self._depth, level)[0]

    def _format(self, object, stream, indent, allowance, context, level):
        key = id(object)
        if key in context:
            stream.write(_recursion(object))
            return
        text = self._repr(object, context, level)
        if len(text) <= self._width - indent - allowance:
            stream.write(text)
            return
        method = self._printer(object)
        if method is None:
            stream.write(text)
            return
        context[key] = 1
        method(self, object, stream, indent, allowance, context, level + 1)
        del context[key]

    def _printer(self, object):
        method = self._dispatch.get(type(object).__repr__)
        if method is not None:
            return method
        cls = type(object)
        if hasattr(cls, "__dataclass_fields__") and cls.__dataclass_params__.repr:
            if hasattr(cls.__repr__, "__wrapped__"):
                return PrettyPrinter._print_dataclass
        return None

    def _print_dataclass(self, object, stream, indent, allowance, context, level):
        from dataclasses import fields

        name = object.__class__.__name__
        indent += len(name) + 1
        items = [(f.name, getattr(object, f.name)) for f in fields(object) if f.repr]
        stream.write(name + "(")
        self._format_namespace(items, stream, indent, allowance, context, level)
        stream.write(")")

    def _print_dict(self, object, stream, indent, allowance, context, level):
        stream.write("{")
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        if object:
            items = object.items()
            items = sorted(items, key=_by_key) if self._sort_dicts else items
            self._format_dict_items(items, stream, indent, allowance + 1, context, level)
        stream.write("}")

    def _print_ordered_dict(self, object, stream, indent, allowance, context, level):
        name = object.__class__.__name__
        if not object:
            stream.write(repr(object))
            return
        stream.write(name + "(")
        items = list(object.items())
        self._format(items, stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    def _print_list(self, object, stream, indent, allowance, context, level):
        stream.write("[")
        self._format_items(object, stream, indent, allowance + 1, context, level)
        stream.write("]")

    def _print_tuple(self, object, stream, indent, allowance, context, level):
        stream.write("(")
        end = ",)" if len(object) == 1 else ")"
        self._format_items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _print_set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        kind = object.__class__
        if kind is set:
            opening, end = "{", "}"
        else:
            opening, end = kind.__name__ + "({", "})"
            indent += len(kind.__name__) + 1
        stream.write(opening)
        items = sorted(object, key=_Key)
        self._format_items(items, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _print_str(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        if level == 1:
            indent += 1
            allowance += 1
        chunks = self._str_chunks(object, indent, allowance)
        if len(chunks) == 1:
            stream.write(chunks[0])
            return
        if level == 1:
            stream.write("(")
        stream.write(("\n" + " " * indent).join(chunks))
        if level == 1:
            stream.write(")")

    def _print_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
            stream.write("(")
        lines = self._bytes_chunks(object, self._width - indent, allowance)
        stream.write(("\n" + " " * indent).join(lines))
        if parens:
            stream.write(")")

    def _bytes_chunks(self, data, width, allowance):
        """Lines of as many bytes as fit, four at a time."""
        lines, current = [], b""
        last = len(data) // 4 * 4
        for at in range(0, len(data), 4):
            candidate = current + data[at : at + 4]
            most = width - allowance if at == last else width
            if current and len(repr(candidate)) > most:
                lines.append(repr(current))
                candidate = data[at : at + 4]
            current = candidate
        return lines + [repr(current)]

    def _print_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._print_bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    def _str_chunks(self, text, indent, allowance):
        chunks = []
        lines = text.splitlines(True)
        most = self._width - indent
        for number, line in enumerate(lines):
            is_last = number == len(lines) - 1
            shown = repr(line)
            if len(shown) <= most - (allowance if is_last else 0):
                chunks.append(shown)
                continue
            parts = re.findall(r"\S*\s*", line)
            parts.pop()
            current = ""
            for at, part in enumerate(parts):
                room = most - (allowance if is_last and at == len(parts) - 1 else 0)
                if len(repr(current + part)) > room:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current += part
            if current:
                chunks.append(repr(current))
        return chunks

    def _print_mappingproxy(self, object, stream, indent, allowance, context, level):
        stream.write("mappingproxy(")
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(")")

    def _print_namespace(self, object, stream, indent, allowance, context, level):
        kind = object.__class__
        name = "namespace" if kind is types.SimpleNamespace else kind.__name__
        stream.write(name + "(")
        items = object.__dict__.items()
        self._format_namespace(items, stream, indent + len(name) + 1, allowance, context, level)
        stream.write(")")

    def _print_default_dict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write(f"{name}({factory},\n{' ' * indent}")
        self._print_dict(object, stream, indent, allowance + 1, context, level)
        stream.write(")")

    def _print_counter(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "({")
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        items = object.most_common()
        self._format_dict_items(items, stream, indent + len(name) + 1, allowance + 2, context, level)
        stream.write("})")

    def _print_deque(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write(name + "([")
        if object.maxlen is None:
            self._format_items(object, stream, indent, allowance + 2, context, level)
            stream.write("])")
            return
        self._format_items(object, stream, indent, 2, context, level)
        limit = self._repr(object.maxlen, context, level)
        stream.write(f"],\n{' ' * indent}maxlen={limit})")

    def _print_user(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    def _format_dict_items(self, items, stream, indent, allowance, context, level):
        items = list(items)
        indent += self._indent_per_level
        for number, (key, value) in enumerate(items):
            is_last = number == len(items) - 1
            shown = self._repr(key, context, level)
            stream.write(shown + ": ")
            room = allowance if is_last else 1
            self._format(value, stream, indent + len(shown) + 2, room, context, level)
            if not is_last:
                stream.write(",\n" + " " * indent)

    def _format_namespace(self, items, stream, indent, allowance, context, level):
        items = list(items)
        for number, (key, value) in enumerate(items):
            is_last = number == len(items) - 1
            stream.write(key + "=")
            if id(value) in context:
                stream.write("...")
            else:
                room = allowance if is_last else 1
                self._format(value, stream, indent + len(key) + 1, room, context, level)
            if not is_last:
                stream.write(",\n" + " " * indent)

    def _format_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        between = ",\n" + " " * indent
        most = room = self._width - indent + 1
        separator = ""
        items = list(items)
        for number, item in enumerate(items):
            is_last = number == len(items) - 1
            if is_last:
                most -= allowance
                room -= allowance
            if self._compact:
                shown = self._repr(item, context, level)
                width = len(shown) + 2
                if room < width:
                    room = most
                    if separator:
                        separator = between
                if room >= width:
                    room -= width
                    stream.write(separator + shown)
                    separator = ", "
                    continue
            stream.write(separator)
            separator = between
            self._format(item, stream, indent, allowance if is_last else 1, context, level)

    def _safe_repr(self, object, context, maxlevels, level):
        kind = type(object)
        if kind in (str, bytes, bytearray, float, complex, bool, type(None)):
            return repr(object), True, False
        method = getattr(kind, "__repr__", None)
        if issubclass(kind, int) and method is int.__repr__:
            return (f"{object:_d}" if self._underscore_numbers else repr(object)), True, False
        if issubclass(kind, dict) and method is dict.__repr__:
            return self._safe_dict(object, context, maxlevels, level)
        is_list = issubclass(kind, list) and method is list.__repr__
        if is_list or issubclass(kind, tuple) and method is tuple.__repr__:
            return self._safe_sequence(object, is_list, context, maxlevels, level)
        text = repr(object)
        return text, bool(text) and not text.startswith("<"), False

    def _safe_dict(self, object, context, maxlevels, level):
        if not object:
            return "{}", True, False
        if maxlevels and level >= maxlevels:
            return "{...}", False, id(object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        readable, recursive, parts = True, False, []
        items = object.items()
        for pair in sorted(items, key=_by_key) if self._sort_dicts else items:
            shown = [self.format(part, context, maxlevels, level + 1) for part in pair]
            parts.append(": ".join(text for text, _, _ in shown))
            readable = readable and all(part[1] for part in shown)
            recursive = recursive or any(part[2] for part in shown)
        del context[id(object)]
        return "{" + ", ".join(parts) + "}", readable, recursive

    def _safe_sequence(self, object, is_list, context, maxlevels, level):
        if not object:
            return ("[]" if is_list else "()"), True, False
        form = "[%s]" if is_list else "(%s,)" if len(object) == 1 else "(%s)"
        if maxlevels and level >= maxlevels:
            return form % "...", False, id(object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        shown = [self.format(item, context, maxlevels, level + 1) for item in object]
        del context[id(object)]
        text = form % ", ".join([text for text, _, _ in shown])
        return text, all(part[1] for part in shown), any(part[2] for part in shown)

    _dispatch = {
        dict.__repr__: _print_dict,
        OrderedDict.__repr__: _print_ordered_dict,
        list.__repr__: _print_list,
        tuple.__repr__: _print_tuple,
        set.__repr__: _print_set,
        frozenset.__repr__: _print_set,
        str.__repr__: _print_str,
        bytes.__repr__: _print_bytes,
        bytearray.__repr__: _print_bytearray,
        types.MappingProxyType.__repr__: _print_mappingproxy,
        types.SimpleNamespace.__repr__: _print_namespace,
        defaultdict.__repr__: _print_default_dict,
        Counter.__repr__: _print_counter,
        deque.__repr__: _print_deque,
        UserDict.__repr__: _print_user,
        UserList.__repr__: _print_user,
        UserString.__repr__: _print_user,
    }


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"
