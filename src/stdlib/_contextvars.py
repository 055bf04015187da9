"""Context variables, as the kernel has them."""

from _kernel import Context, ContextVar, Token, copy_context


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


_Missing.__module__, _Missing.__name__, _Missing.__qualname__ = "Token", "MISSING", "MISSING"
Token.MISSING = _Missing()

Context.__hash__ = None
