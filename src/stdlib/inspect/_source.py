"""The source text of functions and classes. Only the program's own text is at hand as CPython has it: that of the library
is another one here."""

import linecache
import sys
import types

# What makes a difference to where a statement ends: comments, strings with their prefixes, brackets, a line that goes on.
_PIECE = r"""
    \#[^\n]* | (?:\b[A-Za-z]{1,2})?(\"\"\"|'''|\"|') | [([{] | [)\]}] | \\\n | \n | [^\#"'([{)\]}\\\n]+ | ."""


def findsource(object):
    """All lines of the file that an object was defined in, and the index of its first line."""
    from inspect import getfile

    if isinstance(object, types.TracebackType):
        object = object.tb_frame
    lines = _lines_of(getfile(object))
    if not lines:
        raise OSError("could not get source code")
    if isinstance(object, types.ModuleType):
        return lines, 0
    if isinstance(object, type):
        first = vars(object).get("__firstlineno__")
        if first is None:
            raise OSError("source code not available")
    else:
        first = _code_of(object).co_firstlineno
    if first > len(lines):
        raise OSError("lineno is out of bounds")
    return lines, first - 1


def getsourcefile(object):
    """The file that has the source text of an object."""
    from inspect import getfile

    return getfile(object)


def getsourcelines(object):
    """The lines of an object's source text, and the number of the first."""
    from inspect import unwrap

    object = unwrap(object)
    lines, index = findsource(object)
    if isinstance(object, types.TracebackType):
        object = object.tb_frame
    if isinstance(object, types.ModuleType) or isinstance(object, types.FrameType) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[index:]), index + 1


def getsource(object):
    """The source text of an object."""
    return "".join(getsourcelines(object)[0])


def getcomments(object):
    """The comments right above an object's source text, or None."""
    try:
        lines, index = findsource(object)
    except (OSError, TypeError):
        return None
    if isinstance(object, types.ModuleType):
        start = 1 if lines and lines[0].startswith("#!") else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end].startswith("#"):
            end += 1
        return "".join(lines[start:end]) or None
    indent = _indentation(lines[index])
    start = index
    while start and lines[start - 1].lstrip().startswith("#") and _indentation(lines[start - 1]) == indent:
        start -= 1
    return "".join(line.expandtabs().lstrip() for line in lines[start:index]) or None


def getblock(lines):
    """The lines of the definition that begins with the first of them."""
    base = _indentation(lines[0])
    end, has_body = 0, False
    for first, last, text in _statements(lines):
        indent = _indentation(lines[first])
        if text.startswith("#"):
            # A comment belongs to the body that it is as deep in.
            if has_body and indent > base:
                end = last
        elif not has_body:
            end = last
            if not text.startswith("@"):
                has_body = text.rstrip().endswith(":")
                if not has_body:
                    break
        elif indent > base:
            end = last
        else:
            break
    return lines[:end + 1]


def _statements(lines):
    """Logical lines and lines of comments: indexes of the first and the last line, and the text without comments."""
    # asyncio imports this module, and needs no patterns.
    import re

    text, pattern = "".join(lines), re.compile(_PIECE, re.X)
    at, line, first, depth, parts = 0, 0, 0, 0, []
    while at < len(text):
        match = pattern.match(text, at)
        piece, quote = match[0], match[1]
        at = match.end()
        if quote:
            end = re.compile(rf"(?:\\.|(?!{quote}).)*{quote}", re.S).match(text, at)
            inside = text[at:end.end()] if end else text[at:]
            at += len(inside)
            line += inside.count("\n")
            parts.append(piece + inside)
        elif piece == "\n" and not depth:
            content = "".join(parts).strip()
            if content:
                yield first, line, content
            line += 1
            first, parts = line, []
        elif piece.startswith("#"):
            if not "".join(parts).strip():
                parts.append(piece)
        else:
            depth += (piece in "([{") - (piece in ")]}")
            line += piece.count("\n")
            parts.append(piece)
    if content := "".join(parts).strip():
        yield first, line, content


def _indentation(line):
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def _code_of(object):
    if isinstance(object, types.MethodType):
        object = object.__func__
    if isinstance(object, types.FunctionType):
        object = object.__code__
    return object.f_code if isinstance(object, types.FrameType) else object


def _lines_of(file):
    """The lines of a file, if it is the program's."""
    lines = linecache.getlines(file)
    program = getattr(sys.modules.get("__main__"), "__file__", None)
    if lines and file != program and file not in linecache.cache:
        from _loopscope import unsupported

        unsupported("reading the source text of the library with inspect")
    return lines
