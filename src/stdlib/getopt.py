"""Options of command lines in the manner of Unix and of GNU (`Lib/getopt.py`)."""

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    """Tells of an option that is not known or that is used wrongly."""

    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    """The options before the first other argument, and what follows them."""
    longopts = _listed(longopts)
    opts = []
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        args = _one(opts, args, shortopts, longopts)
    return opts, args


def gnu_getopt(args, shortopts, longopts=[]):
    """The options wherever they stand, and the other arguments."""
    longopts = _listed(longopts)
    in_order = shortopts.startswith("-")
    stops_early = not in_order and shortopts.startswith("+")
    if in_order or stops_early:
        shortopts = shortopts[1:]
    opts, others = [], []
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0].startswith("-") and args[0] != "-":
            if in_order and others:
                opts.append((None, others))
                others = []
            args = _one(opts, args, shortopts, longopts)
        elif stops_early:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return opts, others


def _listed(longopts):
    return [longopts] if isinstance(longopts, str) else list(longopts)


def _one(opts, args, shortopts, longopts):
    """Takes one argument with options, and gives what is left."""
    first, rest = args[0], args[1:]
    if first.startswith("--"):
        return _long(opts, first[2:], rest, longopts)
    return _short(opts, first[1:], rest, shortopts)


def _long(opts, text, rest, longopts):
    name, equals, value = text.partition("=")
    wants, name = _full_name(name, longopts)
    if wants is True and not equals:
        if not rest:
            raise GetoptError(f"option --{name} requires argument", name)
        value, rest = rest[0], rest[1:]
    elif not wants and equals:
        raise GetoptError(f"option --{name} must not have an argument", name)
    opts.append((f"--{name}", value))
    return rest


def _full_name(name, longopts):
    """Whether a long option takes an argument ("?": it may), and its whole name."""
    fitting = [option for option in longopts if option.startswith(name)]
    if not fitting:
        raise GetoptError(f"option --{name} not recognized", name)
    for suffix, wants in (("", False), ("=", True), ("=?", "?")):
        if name + suffix in fitting:
            return wants, name
    if len(fitting) > 1:
        shown = ", ".join(fitting)
        raise GetoptError(f"option --{name} not a unique prefix; possible options: {shown}", name)
    full = fitting[0]
    if full.endswith("=?"):
        return "?", full[:-2]
    return full.endswith("="), full.removesuffix("=")


def _short(opts, text, rest, shortopts):
    while text:
        letter, text = text[0], text[1:]
        wants = _wants_argument(letter, shortopts)
        value = ""
        if wants:
            if not text and wants is True:
                if not rest:
                    raise GetoptError(f"option -{letter} requires argument", letter)
                text, rest = rest[0], rest[1:]
            value, text = text, ""
        opts.append((f"-{letter}", value))
    return rest


def _wants_argument(letter, shortopts):
    at = shortopts.find(letter) if letter != ":" else -1
    if at < 0:
        raise GetoptError(f"option -{letter} not recognized", letter)
    if shortopts.startswith("::", at + 1):
        return "?"
    return shortopts.startswith(":", at + 1)
