"""The C locale, the only one here."""

__all__ = [
    "getlocale",
    "getdefaultlocale",
    "getpreferredencoding",
    "getencoding",
    "Error",
    "setlocale",
    "localeconv",
    "strcoll",
    "strxfrm",
    "str",
    "atof",
    "atoi",
    "format_string",
    "LC_CTYPE",
    "LC_COLLATE",
    "LC_MESSAGES",
    "LC_TIME",
    "LC_MONETARY",
    "LC_NUMERIC",
    "LC_ALL",
    "CHAR_MAX",
]

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127


class Error(Exception):
    pass


def setlocale(category, locale=None):
    """Only the locale that is set can be set."""
    if locale in (None, "", "C", "POSIX", "C.UTF-8"):
        return "C.UTF-8" if locale in ("", "C.UTF-8") else "C"
    raise Error("unsupported locale setting")


def getlocale(category=LC_CTYPE):
    return ("C", "UTF-8")


def getdefaultlocale(envvars=()):
    return ("C", "UTF-8")


def getpreferredencoding(do_setlocale=True):
    return "UTF-8"


def getencoding():
    return "UTF-8"


def localeconv():
    """How numbers are written."""
    texts = "int_curr_symbol currency_symbol mon_decimal_point mon_thousands_sep positive_sign negative_sign"
    counts = "int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn"
    result = {"decimal_point": ".", "thousands_sep": "", "grouping": [], "mon_grouping": []}
    result.update(dict.fromkeys(texts.split(), ""))
    result.update(dict.fromkeys(counts.split(), CHAR_MAX))
    return result


def strcoll(a, b, /):
    return (a > b) - (a < b)


def strxfrm(a, /):
    return a


def format_string(f, val, grouping=False, monetary=False):
    """`f % val`"""
    return f % val


def str(val):
    return format_string("%.12g", val)


def atof(string, func=float):
    return func(string)


def atoi(string):
    return int(string)


def currency(val, symbol=True, grouping=False, international=False):
    raise ValueError("Currency formatting is not possible using the 'C' locale.")
