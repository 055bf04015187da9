"""Reading configuration files, line by line."""

import re

from ._errors import (
    DuplicateOptionError,
    DuplicateSectionError,
    MissingSectionHeaderError,
    MultilineContinuationError,
    ParsingError,
)
from ._proxies import SectionProxy

_HEADER = re.compile(r"\[(?P<header>.+)\]")


class _UnnamedSection:
    def __repr__(self):
        return "<UNNAMED_SECTION>"


UNNAMED_SECTION = _UnnamedSection()


class Reader:
    """What is known while a file is read into a parser."""

    def __init__(self, parser, source):
        self.parser = parser
        self.source = source
        self.seen = set()
        self.section = None
        self.options = None
        self.option = None
        self.indent = 0
        self.lineno = 0
        self.error = None

    def read(self, lines):
        if self.parser._allow_unnamed_section:
            self._enter(UNNAMED_SECTION)
        for self.lineno, line in enumerate(lines, start=1):
            self._line(line)
        self._join_values()
        if self.error:
            raise self.error

    def _line(self, line):
        parser = self.parser
        text, is_comment = self._without_comments(line)
        if not text:
            if not parser._empty_lines_in_values:
                self.indent = 1 << 60
            elif not is_comment and self.options is not None and self.option and self.options[self.option] is not None:
                self.options[self.option].append("")
            return
        depth = re.search(r"\S", line).start()
        if self.options is not None and self.option and depth > self.indent:
            if self.options[self.option] is None:
                raise MultilineContinuationError(self.source, self.lineno, line)
            self.options[self.option].append(text)
            return
        self.indent = depth
        header = _HEADER.match(text)
        if header:
            self._section(header["header"])
        elif self.options is None:
            raise MissingSectionHeaderError(self.source, self.lineno, line)
        else:
            self._option(text, line)

    def _without_comments(self, line):
        """A line without its comment, and whether all of it is one."""
        stripped = line.strip()
        if stripped.startswith(self.parser._comment_prefixes or ("\0",)):
            return "", True
        ends = [
            at
            for prefix in self.parser._inline_comment_prefixes
            for at in _occurrences(line, prefix)
            if at == 0 or line[at - 1].isspace()
        ]
        if not ends:
            return stripped, False
        return line[: min(ends)].strip(), True

    def _section(self, name):
        parser = self.parser
        if name in parser._sections:
            if parser._strict and name in self.seen:
                raise DuplicateSectionError(name, self.source, self.lineno)
            self.options = parser._sections[name]
            self.seen.add(name)
        elif name == parser.default_section:
            self.options = parser._defaults
        else:
            self._enter(name)
        self.section, self.option = name, None

    def _enter(self, name):
        parser = self.parser
        self.options = parser._sections[name] = parser._dict()
        parser._proxies[name] = SectionProxy(parser, name)
        self.seen.add(name)
        self.section = name

    def _option(self, text, line):
        parser = self.parser
        places = [(at, -len(sign), sign) for sign in parser._delimiters if (at := text.find(sign)) >= 0]
        if not places and not parser._allow_no_value:
            return self._complain(line)
        if places:
            at, _, sign = min(places)
            name, value = text[:at].rstrip(), [text[at + len(sign):].strip()]
        else:
            name, value = text, None
        if not name:
            return self._complain(line)
        self.option = parser.optionxform(name)
        if parser._strict and (self.section, self.option) in self.seen:
            raise DuplicateOptionError(self.section, self.option, self.source, self.lineno)
        self.seen.add((self.section, self.option))
        self.options[self.option] = value

    def _complain(self, line):
        if self.error is None:
            self.error = ParsingError(self.source, self.lineno, line)
        else:
            self.error.append(self.lineno, line)

    def _join_values(self):
        parser = self.parser
        everything = [(parser.default_section, parser._defaults), *parser._sections.items()]
        for section, options in everything:
            for name, value in options.items():
                if isinstance(value, list):
                    value = "\n".join(value).rstrip()
                options[name] = parser._interpolation.before_read(parser, section, name, value)


def _occurrences(text, part):
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
