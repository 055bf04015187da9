"""The special methods that mocks know."""

_NUMBERS = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow".split()
_OTHERS = (
    "hash str sizeof lt gt le ge eq ne getitem setitem delitem len contains iter enter exit divmod rdivmod neg pos abs "
    "invert complex int float index round trunc floor ceil bool next fspath aiter"
).split()


def _special(names):
    return {f"__{name}__" for name in names}


# Those that magic mocks have from the beginning.
USUAL = _special(_OTHERS) | _special(prefix + name for prefix in ("", "i", "r") for name in _NUMBERS)
USUAL_ASYNC = _special(["aenter", "aexit", "anext"])
# Those that can be set.
RARE = _special(
    "get set delete reversed missing reduce reduce_ex getinitargs getnewargs getstate setstate getformat repr dir "
    "subclasses format getnewargs_ex".split()
)
SYNCHRONOUS = USUAL | RARE
ALL = SYNCHRONOUS | USUAL_ASYNC
UNSUPPORTED = _special("getattr setattr init new prepare instancecheck subclasscheck del".split())

# What the usual ones return. Of the rest the value is made for each mock.
RETURNED = {
    "__lt__": NotImplemented,
    "__gt__": NotImplemented,
    "__le__": NotImplemented,
    "__ge__": NotImplemented,
    "__int__": 1,
    "__contains__": False,
    "__len__": 0,
    "__exit__": False,
    "__complex__": 1j,
    "__float__": 1.0,
    "__bool__": True,
    "__index__": 1,
    "__aexit__": False,
}


def is_special(name):
    """Has it the form of a special method's name?"""
    return f"__{name[2:-2]}__" == name
