"""Wrapping, filling, indenting and dedenting plain text."""

import re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_WHITESPACE = "\t\n\x0b\x0c\r "
_SPACE = rf"[{re.escape(_WHITESPACE)}]"
_NO_SPACE = rf"[^{re.escape(_WHITESPACE)}]"
_WORD_PUNCT = r"[\w!\"\'&.,?]"
_LETTER = r"[^\d\W]"
# A word ends at whitespace, behind a hyphen between letters, or at a dash.
_CHUNK = re.compile(
    rf"""
    ( {_SPACE}+
    | (?<={_WORD_PUNCT}) -{{2,}} (?=\w)
    | {_NO_SPACE}+? (?:
        -(?: (?<={_LETTER}{{2}}-) | (?<={_LETTER}-{_LETTER}-) ) (?= {_LETTER} -? {_LETTER} )
        | (?={_SPACE}|\Z)
        | (?<={_WORD_PUNCT}) (?=-{{2,}}\w)
      )
    )""",
    re.VERBOSE,
)
_CHUNK_SIMPLE = re.compile(rf"({_SPACE}+)")
_SENTENCE_END = re.compile(r"[a-z][\.\!\?][\"\']?\Z")


class TextWrapper:
    """Breaks text into lines of a width, by words."""

    x = " "

    def __init__(
        self,
        width=70,
        initial_indent="",
        subsequent_indent="",
        expand_tabs=True,
        replace_whitespace=True,
        fix_sentence_endings=False,
        break_long_words=True,
        drop_whitespace=True,
        break_on_hyphens=True,
        tabsize=8,
        *,
        max_lines=None,
        placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def wrap(self, text):
        """The lines of a paragraph."""
        return self._wrap_chunks(self._split_chunks(text))

    def fill(self, text):
        """The lines of a paragraph as one string."""
        return "\n".join(self.wrap(text))

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(c): " " for c in _WHITESPACE})
        return text

    def _split(self, text):
        pattern = _CHUNK if self.break_on_hyphens is True else _CHUNK_SIMPLE
        return [chunk for chunk in pattern.split(text) if chunk]

    def _split_chunks(self, text):
        chunks = self._split(self._munge_whitespace(text))
        if self.fix_sentence_endings:
            for at in range(len(chunks) - 1):
                if chunks[at + 1] == " " and _SENTENCE_END.search(chunks[at]):
                    chunks[at + 1] = "  "
        return chunks

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        rest = chunks[::-1]
        while rest:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and rest[-1].strip() == "" and lines:
                rest.pop()
            line, length = self._take_line(rest, width)
            if self.drop_whitespace and line and line[-1].strip() == "":
                length -= len(line.pop())
            if not line:
                continue
            if self._is_room(lines, rest, length, width):
                lines.append(indent + "".join(line))
                continue
            self._end_early(lines, line, length, indent, width)
            break
        return lines

    def _is_room(self, lines, rest, length, width):
        """May the line be added as it is, so that the rest still fits or is none?"""
        if self.max_lines is None or len(lines) + 1 < self.max_lines:
            return True
        ends = not rest or self.drop_whitespace and len(rest) == 1 and not rest[0].strip()
        return ends and length <= width

    def _take_line(self, rest, width):
        line, length = [], 0
        while rest and length + len(rest[-1]) <= width:
            line.append(rest.pop())
            length += len(line[-1])
        if rest and len(rest[-1]) > width:
            self._handle_long_word(rest, line, length, width)
            length = sum(map(len, line))
        return line, length

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        space = 1 if width < 1 else width - cur_len
        if self.break_long_words and space > 0:
            chunk = reversed_chunks[-1]
            end = space
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind("-", 0, space)
                if hyphen > 0 and any(c != "-" for c in chunk[:hyphen]):
                    end = hyphen + 1
            cur_line.append(chunk[:end])
            reversed_chunks[-1] = chunk[end:]
        elif not cur_line:
            cur_line.append(reversed_chunks.pop())

    def _end_early(self, lines, line, length, indent, width):
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            length -= len(line.pop())
        if lines:
            last = lines[-1].rstrip()
            if len(last) + len(self.placeholder) <= self.width:
                lines[-1] = last + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph, each at most `width` long."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """The lines of a paragraph as one string."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """A text cut at a word to fit a width, with a placeholder at its end."""
    wrapper = TextWrapper(width=width, max_lines=1, **kwargs)
    return wrapper.fill(" ".join(text.strip().split()))


def dedent(text):
    """A text without the indentation that all of its lines have in common."""
    try:
        lines = text.split("\n")
    except (AttributeError, TypeError):
        raise TypeError(
            f"expected str object, not {type(text).__qualname__!r}"
        ) from None
    full = [line for line in lines if line and not line.isspace()]
    low, high = min(full, default=""), max(full, default="")
    margin = 0
    for margin, char in enumerate(low):
        if char != high[margin] or char not in " \t":
            break
    return "\n".join(["" if line.isspace() else line[margin:] for line in lines])


def indent(text, prefix, predicate=None):
    """A text with a prefix before each line that is not blank."""
    if predicate is None:
        predicate = str.strip
    lines = text.splitlines(True)
    return "".join([prefix + line if predicate(line) else line for line in lines])
