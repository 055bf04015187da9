"""Of `ast`, the evaluation of literals."""

import re
import warnings
from _loopscope import unsupported

__all__ = ["literal_eval"]

_TOKEN = re.compile(
    r"""\s*(?:\#[^\n]*\s*)*(?P<token>
        (?P<text>(?P<prefix>[A-Za-z]{0,2})(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))
      | (?P<number>(?:0[xXoObB][0-9a-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)(?P<imaginary>[jJ])?)
      | (?P<name>[^\W\d]\w*)
      | \.\.\. | [][(){},:+-]
      | $ | \S
    )""",
    re.VERBOSE | re.DOTALL,
)


def literal_eval(node_or_string):
    """The value of a text that consists of literals: texts, numbers, tuples, lists, dicts, sets, None …"""
    if not isinstance(node_or_string, str):
        unsupported("ast.literal_eval of what is no text")
    text = node_or_string.lstrip(" \t")
    # What is no expression at all is a syntax error here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(text, "<unknown>", "eval")
    reader = _Reader(text)
    value = reader.value()
    if reader.token != "":
        reader.refuse(_OPERATIONS.get(reader.token, "Compare"))
    return value


# The node that CPython names when a token follows an operand.
_OPERATIONS = {"(": "Call", "[": "Subscript", ".": "Attribute", "+": "BinOp", "-": "BinOp", "*": "BinOp", "/": "BinOp"}
_OPERATIONS |= {"%": "BinOp", "@": "BinOp", "&": "BinOp", "|": "BinOp", "^": "BinOp", "and": "BoolOp", "or": "BoolOp"}
_OPERATIONS |= {"if": "IfExp", "for": "GeneratorExp"}
_KEYWORDS = {"not": "UnaryOp", "lambda": "Lambda", "await": "Await", "yield": "Yield"}
_CONSTANTS = {"None": None, "True": True, "False": False, "...": Ellipsis}


class _Reader:
    """Reads one value after the other."""

    def __init__(self, text):
        self.text, self.at = text, 0
        self.match = self.token = None
        self.next()

    def next(self):
        self.match = _TOKEN.match(self.text, self.at)
        self.start = self.match.start("token")
        self.at, self.token = self.match.end(), self.match["token"]

    def refuse(self, node):
        """Raises the error about a part that is no literal; of larger parts it shows the kind alone."""
        line = self.text.count("\n", 0, self.start) + 1
        raise ValueError(f"malformed node or string on line {line}: {node if '(' in node else node + '(...)'}")

    def refuse_name(self):
        """Raises the error about a name, or about the operation that has it as its first operand."""
        name = self.token
        following = _TOKEN.match(self.text, self.at)["token"]
        if following in ("", ",", ")", "]", "}", ":"):
            self.refuse(f"Name(id={name!r}, ctx=Load())")
        self.refuse(_OPERATIONS.get(following, "Compare"))

    def value(self):
        """A value with all that belongs to it: a tuple needs no brackets at the outside."""
        first = self.item()
        if self.token != ",":
            return first
        items = [first]
        while self.token == ",":
            self.next()
            if self.token in ("", ")"):
                break
            items.append(self.item())
        return tuple(items)

    def item(self):
        """A value without what follows it, and complex numbers."""
        number = self.match["number"] is not None or self.token in ("+", "-")
        value = self.operand()
        if self.token in ("+", "-") and number and not isinstance(value, complex):
            sign = self.token
            self.next()
            imaginary = self.match["imaginary"] is not None
            right = self.operand()
            if not imaginary:
                op = "Add" if sign == "+" else "Sub"
                operands = [f"Constant(value={number!r}, kind=None)" for number in (value, right)]
                self.refuse(f"BinOp(left={operands[0]}, op={op}(), right={operands[1]})")
            value = value + right if sign == "+" else value - right
        if self.token in _OPERATIONS:
            self.refuse(_OPERATIONS[self.token])
        if self.token not in ("", ",", ")", "]", "}", ":"):
            self.refuse("Compare")
        return value

    def operand(self):
        token, match = self.token, self.match
        if match["text"] is not None:
            return self.texts()
        if match["number"] is not None:
            self.next()
            return eval(token)
        if token in ("+", "-"):
            self.next()
            if self.match["number"] is None:
                self.refuse("UnaryOp")
            value = self.operand()
            return value if token == "+" else -value
        if token in _CONSTANTS:
            self.next()
            return _CONSTANTS[token]
        if token in ("(", "[", "{"):
            return {"(": self.in_parentheses, "[": self.list, "{": self.in_braces}[token]()
        if token == "set":
            return self.empty_set()
        if match["name"] is not None and token not in _KEYWORDS:
            self.refuse_name()
        self.refuse(_KEYWORDS.get(token, "UnaryOp"))

    def texts(self):
        """Texts that follow one another are one."""
        source = ""
        while self.match["text"] is not None:
            if "f" in self.match["prefix"].lower():
                self.refuse("JoinedStr")
            if "t" in self.match["prefix"].lower():
                self.refuse("TemplateStr")
            source += self.token + " "
            self.next()
        return eval(source)

    def empty_set(self):
        self.next()
        if self.token != "(":
            self.refuse("Name")
        self.next()
        if self.token != ")":
            self.refuse("Call")
        self.next()
        return set()

    def in_parentheses(self):
        self.next()
        if self.token == ")":
            self.next()
            return ()
        value = self.value()
        self.close(")")
        return value

    def list(self):
        self.next()
        items = self.items("]")
        return items

    def items(self, end):
        """Values up to a bracket."""
        items = []
        while self.token != end:
            items.append(self.item())
            if self.token == ",":
                self.next()
            elif self.token != end:
                self.refuse(_OPERATIONS.get(self.token, "Compare"))
        self.next()
        return items

    def in_braces(self):
        self.next()
        if self.token == "}":
            self.next()
            return {}
        first = self.item()
        if self.token != ":":
            if self.token == ",":
                self.next()
            return {first, *self.items("}")}
        values = {}
        key = first
        while True:
            self.next()
            values[key] = self.item()
            if self.token == ",":
                self.next()
            if self.token == "}":
                self.next()
                return values
            key = self.item()

    def close(self, bracket):
        if self.token != bracket:
            self.refuse(_OPERATIONS.get(self.token, "Compare"))
        self.next()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'ast' has no attribute {name!r}")
    unsupported(f"ast.{name}")
