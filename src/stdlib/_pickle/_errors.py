"""What goes wrong with pickles."""


class PickleError(Exception):
    __module__ = "_pickle"


class PicklingError(PickleError):
    """An object cannot be pickled."""

    __module__ = "_pickle"


class UnpicklingError(PickleError):
    """Bytes are no pickle."""

    __module__ = "_pickle"
