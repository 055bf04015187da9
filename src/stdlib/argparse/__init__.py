"""Command lines: declaring arguments, parsing lists of them, help."""

import os
import re
import sys

from argparse._actions import (
    ACTIONS, ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, Action, ArgumentError,
    ArgumentTypeError, BooleanOptionalAction, Namespace,
)
from argparse._help import (
    ArgumentDefaultsHelpFormatter, HelpFormatter, MetavarTypeHelpFormatter, RawDescriptionHelpFormatter,
    RawTextHelpFormatter,
)

__all__ = [
    "ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType", "HelpFormatter",
    "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "MetavarTypeHelpFormatter",
    "Namespace", "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER", "SUPPRESS", "ZERO_OR_MORE",
]

_NEGATIVE = re.compile(r"-\.?\d")


def FileType(*args, **kwargs):
    """There are no files."""
    from _loopscope import unsupported

    unsupported("argparse.FileType: programs have no file system")


class _Container:
    """What arguments can be added to."""

    def __init__(self, root):
        self._root = root
        self._group_actions = []

    def add_argument(self, *args, **kwargs):
        """Declares an argument by its names and what it does."""
        positional = not args or len(args) == 1 and args[0][:1] not in self._root.prefix_chars
        kwargs = self._positional(*args, **kwargs) if positional else self._optional(*args, **kwargs)
        if "default" not in kwargs:
            defaults = self._root._defaults
            if kwargs["dest"] in defaults:
                kwargs["default"] = defaults[kwargs["dest"]]
            elif self._root.argument_default is not None:
                kwargs["default"] = self._root.argument_default
        name = kwargs.pop("action", None)
        factory = name if callable(name) else ACTIONS.get(name)
        if factory is None:
            raise ValueError(f"unknown action {name!r}")
        action = factory(**kwargs)
        if action.type is not None and not callable(action.type):
            raise TypeError(f"{action.type!r} is not callable")
        try:
            HelpFormatter("")._format_args(action, "")
        except (TypeError, ValueError):
            raise ValueError("length of metavar tuple does not match nargs") from None
        return self._add_action(action)

    def _positional(self, dest=None, **kwargs):
        if dest is None and "dest" not in kwargs:
            raise TypeError("add_argument() missing 1 required positional argument: 'dest'")
        if "required" in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        nargs = kwargs.get("nargs")
        if nargs == 0 and "action" not in kwargs:
            raise ValueError("nargs for positionals must be != 0")
        optional = nargs in (OPTIONAL, REMAINDER, SUPPRESS) or nargs == ZERO_OR_MORE and "default" in kwargs
        if not (optional or nargs == ZERO_OR_MORE or kwargs.get("action") == "version"):
            kwargs["required"] = True
        dest = kwargs.pop("dest", None) if dest is None else dest
        return dict(kwargs, dest=dest, option_strings=[])

    def _optional(self, *names, **kwargs):
        for name in names:
            if name[:1] not in self._root.prefix_chars:
                raise ValueError(
                    f"invalid option string {name!r}: must start with a character {self._root.prefix_chars!r}"
                )
        dest = kwargs.pop("dest", None)
        if dest is None:
            long = [name for name in names if len(name) > 1 and name[1] in self._root.prefix_chars]
            dest = (long or names)[0].lstrip(self._root.prefix_chars)
            if not dest:
                raise TypeError(f"dest= is required for options like {names[0]!r}")
            dest = dest.replace("-", "_")
        return dict(kwargs, dest=dest, option_strings=list(names))

    def _add_action(self, action):
        conflicts = [name for name in action.option_strings if name in self._root._option_actions]
        if conflicts and self._root.conflict_handler == "error":
            plural = "s" if len(conflicts) > 1 else ""
            raise ArgumentError(action, f"conflicting option string{plural}: {', '.join(conflicts)}")
        for name in conflicts:
            self._root._option_actions[name].option_strings.remove(name)
        self._root._actions.append(action)
        for name in action.option_strings:
            self._root._option_actions[name] = action
            if _NEGATIVE.match(name):
                self._root._negative_options = True
        self._group_actions.append(action)
        return action

    def add_argument_group(self, title=None, description=None, **kwargs):
        """A section of its own in help."""
        group = _Group(self._root, title, description)
        self._root._groups.append(group)
        return group

    def add_mutually_exclusive_group(self, *, required=False):
        """Arguments of which only one may be given."""
        group = _ExclusiveGroup(self, required)
        self._root._exclusive.append(group)
        return group

    def set_defaults(self, **kwargs):
        """Values of attributes, also of such that no argument sets."""
        self._root._defaults.update(kwargs)
        for action in self._root._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        for action in self._root._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._root._defaults.get(dest)


class _Group(_Container):
    def __init__(self, root, title, description):
        super().__init__(root)
        self.title, self.description = title, description


class _ExclusiveGroup(_Container):
    def __init__(self, container, required):
        super().__init__(container._root)
        self.required, self._container = required, container

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        self._group_actions.append(action)
        target = self._container
        if target is self._root:
            target = self._root._positionals if not action.option_strings else self._root._optionals
        return target._add_action(action)


class ArgumentParser(_Container):
    """Parses lists of arguments."""

    def __init__(
        self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=HelpFormatter,
        prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True,
        allow_abbrev=True, exit_on_error=True, *, suggest_on_error=False, color=True,
    ):
        super().__init__(self)
        if fromfile_prefix_chars:
            from _loopscope import unsupported

            unsupported("argparse with fromfile_prefix_chars: programs have no file system")
        self.prog = os.path.basename(sys.argv[0]) if prog is None else prog
        self.usage, self.description, self.epilog = usage, description, epilog
        self.formatter_class, self.prefix_chars, self.argument_default = formatter_class, prefix_chars, argument_default
        self.conflict_handler, self.add_help, self.allow_abbrev = conflict_handler, add_help, allow_abbrev
        self.exit_on_error, self.suggest_on_error, self.color = exit_on_error, suggest_on_error, color
        self._actions, self._option_actions, self._defaults, self._exclusive = [], {}, {}, []
        self._negative_options, self._subparsers = False, None
        self._positionals = _Group(self, "positional arguments", None)
        self._optionals = _Group(self, "options", None)
        self._groups = [self._positionals, self._optionals]
        if add_help:
            self.add_argument("-h", "--help", action="help", default=SUPPRESS, help="show this help message and exit")
        for parent in parents:
            self._adopt(parent)

    def _adopt(self, parent):
        """Takes over the arguments of another parser."""
        for group in parent._groups:
            standard = {"positional arguments": self._positionals, "options": self._optionals}
            target = standard.get(group.title) or self.add_argument_group(group.title, group.description)
            for action in group._group_actions:
                target._add_action(action)
        self._exclusive += parent._exclusive
        self._defaults.update(parent._defaults)

    def _add_action(self, action):
        return (self._optionals if action.option_strings else self._positionals)._add_action(action)

    def __repr__(self):
        names = ("prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")
        return f"ArgumentParser({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    def add_subparsers(self, **kwargs):
        """Subcommands, each with a parser of its own."""
        if self._subparsers is not None:
            raise ValueError("cannot have multiple subparser arguments")
        kwargs.setdefault("parser_class", type(self))
        target = self._positionals
        if "title" in kwargs or "description" in kwargs:
            target = self.add_argument_group(kwargs.pop("title", "subcommands"), kwargs.pop("description", None))
        if kwargs.get("prog") is None:
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, [a for a in self._actions if not a.option_strings], self._exclusive, "")
            kwargs["prog"] = formatter.format_help().strip()
        factory = ACTIONS[kwargs.pop("action", "parsers")]
        self._subparsers = factory(option_strings=[], **kwargs)
        return target._add_action(self._subparsers)

    # Text

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def format_usage(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._exclusive)
        return formatter.format_help()

    def format_help(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._exclusive)
        formatter.add_text(self.description)
        for group in self._groups:
            formatter.add_section(group.title, group.description, group._group_actions)
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), file or sys.stdout)

    def print_help(self, file=None):
        self._print_message(self.format_help(), file or sys.stdout)

    def _print_message(self, message, file=None):
        if message:
            (file or sys.stderr).write(message)

    def exit(self, status=0, message=None):
        """Ends the program."""
        if message:
            self._print_message(message, sys.stderr)
        sys.exit(status)

    def error(self, message):
        """Tells of a wrong command line and ends the program."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n")

    # Parsing

    def parse_args(self, args=None, namespace=None):
        """The values of all arguments; anything unknown is an error."""
        result, unknown = self.parse_known_args(args, namespace)
        if unknown:
            message = f"unrecognized arguments: {' '.join(unknown)}"
            if self.exit_on_error:
                self.error(message)
            raise ArgumentError(None, message)
        return result

    def parse_known_args(self, args=None, namespace=None):
        """The values of all arguments, and the texts that are unknown."""
        args = list(sys.argv[1:] if args is None else args)
        namespace = Namespace() if namespace is None else namespace
        for action in self._actions:
            if SUPPRESS not in (action.dest, action.default) and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        try:
            from argparse._parse import Parse

            unknown = Parse(self, args, namespace).run()
        except ArgumentError as error:
            if not self.exit_on_error:
                raise
            self.error(str(error))
        unknown += vars(namespace).pop("_unrecognized_args", [])
        return namespace, unknown
