"""Views of a parser: its sections, and its methods that convert."""

import itertools
import re
from collections.abc import MutableMapping


class SectionProxy(MutableMapping):
    """One section, as a mapping."""

    def __init__(self, parser, name):
        self._parser = parser
        self._name = name
        for conv in parser.converters:
            getter = getattr(parser, "get" + conv)
            setattr(self, "get" + conv, lambda *args, _get=getter, **kw: self.get(*args, _impl=_get, **kw))

    def __repr__(self):
        return f"<Section: {self._name}>"

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser._validate_value_types(option=key, value=value)
        return self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return self._options().__iter__()

    def _options(self):
        if self._name != self._parser.default_section:
            return self._parser.options(self._name)
        return list(self._parser.defaults())

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        _impl = _impl or self._parser.get
        return _impl(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)


class ConverterMapping(MutableMapping):
    """The `get…` methods of a parser, by what they convert to."""

    _NAME = re.compile(r"^get(?P<name>.+)$")

    def __init__(self, parser):
        self._parser = parser
        self._data = {}
        for attribute in dir(parser):
            found = self._NAME.match(attribute)
            if found and callable(getattr(parser, attribute)):
                self._data[found["name"]] = None

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        name = "get" + key
        if not callable(value):
            raise ValueError(f'Incompatible key: {key} (without "get" prefix)')
        parser = self._parser
        self._data[key] = value

        def getter(section, option, **kwargs):
            return parser._get_conv(section, option, value, **kwargs)

        getter.converter = value
        setattr(parser, name, getter)
        for proxy in parser.values():
            setattr(proxy, name, lambda *args, _get=getter, **kw: proxy.get(*args, _impl=_get, **kw))

    def __delitem__(self, key):
        name = "get" + key
        if key not in self._data:
            raise KeyError(key)
        del self._data[key]
        for holder in itertools.chain((self._parser,), self._parser.values()):
            try:
                delattr(holder, name)
            except AttributeError:
                continue

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
