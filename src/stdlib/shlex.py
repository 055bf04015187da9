"""Splitting text as a shell does."""

from collections import deque
from io import StringIO

__all__ = ["shlex", "split", "quote", "join"]

_LETTERS = "abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_ACCENTED = "ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
_SAFE = frozenset(_LETTERS + "%+,-./:=@")


class shlex:
    """Reads tokens from text; the attributes say what characters mean."""

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        self.instream = StringIO(instream) if isinstance(instream, str) else instream
        self.infile = infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = _LETTERS + (_ACCENTED if posix else "")
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = '"'
        self.lineno = 1
        self.debug = 0
        self.token = ""
        self.source = None
        if punctuation_chars is True:
            punctuation_chars = "();<>|&"
        self._punctuation = punctuation_chars or ""
        if self._punctuation:
            self.wordchars += "~-./*?="
            self.wordchars = "".join(c for c in self.wordchars if c not in self._punctuation)
        self._pushback = deque()
        self._ahead = deque()

    @property
    def punctuation_chars(self):
        return self._punctuation

    def push_token(self, tok):
        """Puts a token back."""
        self._pushback.appendleft(tok)

    def get_token(self):
        """The next token; `eof` at the end."""
        return self._pushback.popleft() if self._pushback else self.read_token()

    def _read(self):
        char = self._ahead.popleft() if self._ahead else self.instream.read(1)
        if char == "\n":
            self.lineno += 1
        return char

    def _skip_comment(self):
        self.instream.readline()
        self.lineno += 1

    def read_token(self):
        """The next token of the text itself."""
        token, quoted = [], False
        # Where we are: between tokens, in a word, in punctuation; within a quote; behind an escape.
        state, before_escape = " ", ""
        while True:
            char = self._read()
            if state in self.quotes:
                quoted = True
                if not char:
                    raise ValueError("No closing quotation")
                if char == state:
                    if self.posix:
                        state = "a"
                    else:
                        token.append(char)
                        break
                elif self.posix and char in self.escape and state in self.escapedquotes:
                    before_escape, state = state, char
                else:
                    token.append(char)
            elif state in self.escape:
                if not char:
                    raise ValueError("No escaped character")
                if before_escape in self.quotes and char != state and char != before_escape:
                    token.append(state)
                token.append(char)
                state = before_escape
            elif not char:
                break
            elif char in self.whitespace:
                if token or quoted and self.posix:
                    break
            elif char in self.commenters:
                self._skip_comment()
                if token or quoted and self.posix:
                    break
            elif state == "c":
                if char in self._punctuation:
                    token.append(char)
                else:
                    if char not in self.whitespace:
                        self._ahead.appendleft(char)
                    break
            elif self.posix and char in self.escape:
                before_escape, state = "a", char
            elif char in self.quotes:
                if self.posix:
                    state = char
                elif state == "a" and not self.whitespace_split:
                    self._ahead.appendleft(char)
                    break
                elif state == "a":
                    token.append(char)
                else:
                    token.append(char)
                    state = char
            elif state == "a" and char in self._punctuation:
                self._ahead.appendleft(char)
                break
            elif char in self._punctuation:
                token.append(char)
                state = "c"
            elif char in self.wordchars or self.whitespace_split:
                token.append(char)
                state = "a"
            elif state == "a":
                self._ahead.appendleft(char)
                break
            else:
                token.append(char)
                break
        text = "".join(token)
        self.token = text
        return text if text or quoted and self.posix else self.eof

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token


def split(s, comments=False, posix=True):
    """The words of a command line."""
    if s is None:
        raise ValueError("s argument must not be None")
    reader = shlex(s, posix=posix)
    reader.whitespace_split = True
    if not comments:
        reader.commenters = ""
    return list(reader)


def join(split_command):
    """A command line of words."""
    return " ".join(map(quote, split_command))


def quote(s):
    """A word as a shell reads it."""
    if not s:
        return "''"
    if not isinstance(s, str):
        raise TypeError(f"expected string object, got {type(s).__name__!r}")
    if _SAFE.issuperset(s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"
