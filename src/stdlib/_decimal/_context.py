"""Contexts: precision, rounding, the bounds of exponents, and what is reported and what is raised."""

from contextvars import ContextVar

from _loopscope import c_type

from _decimal._signals import *
from _decimal._signals import BAD_ROUNDING, MAX_EMAX, MAX_PREC, MIN_EMIN, ROUNDINGS, SIGNALS


@c_type
class SignalDict(dict):
    """Flags or traps: a truth value for each signal."""

    __module__ = "decimal"

    def __init__(self, chosen=()):
        dict.__init__(self, ((signal, False) for signal in SIGNALS))
        if isinstance(chosen, dict):
            self.update({signal: bool(value) for signal, value in chosen.items()})
        else:
            for signal in chosen:
                if signal not in self:
                    raise TypeError("values must be signals")
                self[signal] = True

    def __setitem__(self, signal, value):
        if signal not in self:
            raise KeyError("invalid error flag")
        dict.__setitem__(self, signal, bool(value))

    def __delitem__(self, signal):
        raise ValueError("signal keys cannot be deleted")

    def __repr__(self):
        return "{" + ", ".join(f"{signal!r}:{value!r}" for signal, value in self.items()) + "}"

    def chosen(self):
        """The signals that are set, in the order in which contexts show them."""
        ordered = sorted(self, key=lambda signal: _SHOWN.index(signal.__name__))
        return [signal for signal in ordered if self[signal]]


_SHOWN = "Clamped InvalidOperation DivisionByZero Inexact FloatOperation Overflow Rounded Subnormal Underflow".split()


def _in_range(name, value, low, high):
    if not isinstance(value, int):
        raise TypeError("an integer is required (got type " + type(value).__name__ + ")")
    if not low <= value <= high:
        bounds = {
            "prec": "valid range for prec is [1, MAX_PREC]",
            "Emin": "valid range for Emin is [MIN_EMIN, 0]",
            "Emax": "valid range for Emax is [0, MAX_EMAX]",
            "capitals": "valid values for capitals are 0 or 1",
            "clamp": "valid values for clamp are 0 or 1",
        }
        raise ValueError(bounds[name])
    return int(value)


_BOUNDS = {
    "prec": (1, MAX_PREC),
    "Emin": (MIN_EMIN, 0),
    "Emax": (0, MAX_EMAX),
    "capitals": (0, 1),
    "clamp": (0, 1),
}
_NAMES = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps")


@c_type
class Context:
    """How arithmetic is done; each thread and each task has one of its own."""

    __module__ = "decimal"
    __slots__ = _NAMES

    def __init__(
        self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None
    ):
        default = globals().get("DefaultContext") or _Initial
        given = (prec, rounding, Emin, Emax, capitals, clamp)
        for name, value in zip(_NAMES, given):
            setattr(self, name, getattr(default, name) if value is None else value)
        self.flags = SignalDict(() if flags is None else flags)
        self.traps = SignalDict(default.traps if traps is None else traps)

    def __setattr__(self, name, value):
        if name in _BOUNDS:
            value = _in_range(name, value, *_BOUNDS[name])
        elif name == "rounding":
            if value not in ROUNDINGS:
                raise TypeError(BAD_ROUNDING)
        elif name in ("flags", "traps"):
            if not isinstance(value, dict):
                raise TypeError(f"argument must be a signal dict")
            value = value if isinstance(value, SignalDict) else SignalDict(value)
        else:
            raise AttributeError(
                f"'decimal.Context' object has no attribute '{name}'", name=name, obj=self
            )
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        raise AttributeError("context attributes cannot be deleted")

    def __repr__(self):
        shown = [f"{name}={getattr(self, name)}" for name in _NAMES[:6]]
        for name in _NAMES[6:]:
            names = ", ".join(signal.__name__ for signal in getattr(self, name).chosen())
            shown.append(f"{name}=[{names}]")
        return f"Context({', '.join(shown)})"

    def __reduce__(self):
        parts = [getattr(self, name) for name in _NAMES[:6]]
        return Context, (*parts, self.flags.chosen(), self.traps.chosen())

    def copy(self):
        """A context of its own with the same settings and flags."""
        return Context(*(getattr(self, name) for name in _NAMES))

    __copy__ = copy

    def clear_flags(self):
        self.flags = SignalDict()

    def clear_traps(self):
        self.traps = SignalDict()

    def Etiny(self):
        """The smallest exponent of subnormal numbers."""
        return self.Emin - self.prec + 1

    def Etop(self):
        """The largest exponent of a number with all digits."""
        return self.Emax - self.prec + 1

    def signal(self, *conditions):
        """Reports conditions; raises if one of them is trapped."""
        signals = [condition if condition in self.flags else InvalidOperation for condition in conditions]
        for signal in signals:
            dict.__setitem__(self.flags, signal, True)
        for signal in SIGNALS:
            if signal in signals and self.traps[signal]:
                raised = zip(conditions, signals)
                raise signal([condition for condition, s in raised if self.traps[s]])


class _Initial:
    """What `DefaultContext` itself is made of."""

    prec, rounding, Emin, Emax, capitals, clamp = 28, ROUND_HALF_EVEN, -999999, 999999, 1, 0
    traps = (InvalidOperation, DivisionByZero, Overflow)


DefaultContext = Context()
BasicContext = Context(
    9, ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped]
)
ExtendedContext = Context(9, ROUND_HALF_EVEN, traps=[])
_current = ContextVar("decimal_context")


def getcontext():
    """The context of the running thread or task."""
    context = _current.get(None)
    if context is None:
        context = DefaultContext.copy()
        context.clear_flags()
        _current.set(context)
    return context


def setcontext(context, /):
    """Makes a context the current one."""
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    if any(context is template for template in (DefaultContext, BasicContext, ExtendedContext)):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class ContextManager:
    """Makes a copy of a context the current one for a while."""

    __module__ = "decimal"

    def __init__(self, context):
        self._new = context

    def __enter__(self):
        self._old = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, kind, error, traceback):
        setcontext(self._old)
        return False


def localcontext(ctx=None, **kwargs):
    """A context manager for a copy of a context, changed as the keywords say."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    copy = ctx.copy()
    for name, value in kwargs.items():
        if name not in _NAMES:
            raise TypeError(f"localcontext() got an unexpected keyword argument '{name}'")
        if name in ("flags", "traps") and not isinstance(value, dict):
            value = SignalDict(value)
        setattr(copy, name, value)
    return ContextManager(copy)


def current(context):
    """The context that an operation was given, or else the current one."""
    if context is None:
        return getcontext()
    if not isinstance(context, Context):
        raise TypeError("optional argument must be a context")
    return context
