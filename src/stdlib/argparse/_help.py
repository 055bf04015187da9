"""The text of usage and help."""

import re
import textwrap

from argparse._actions import (
    ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE,
)


class HelpFormatter:
    """Help with texts wrapped to the width of the terminal."""

    __module__ = "argparse"

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None, **unused):
        width = 78 if width is None else width
        self._prog = prog
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._width = width
        self._indent = 0
        self._blocks = []

    # What parsers call

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._blocks.append(("usage", usage, list(actions), list(groups), prefix))

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._blocks.append(("text", text))

    def add_section(self, heading, description, actions):
        self._blocks.append(("section", heading, description, list(actions)))

    def format_help(self):
        """All blocks, with empty lines between them."""
        column = self._help_column()
        parts = [getattr(self, "_format_" + block[0])(*block[1:], *[column] * (block[0] == "section")) for block in self._blocks]
        text = "".join(part for part in parts if part and part is not SUPPRESS)
        text = re.sub(r"\n\n\n+", "\n\n", text)
        return text.strip("\n") + "\n" if text else ""

    # Blocks

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        return self._fill_text(text, max(self._width - self._indent, 11), " " * self._indent) + "\n\n"

    def _format_section(self, heading, description, actions, column):
        shown = [(action, indent) for action, indent in self._visible(actions)]
        body = "".join(self._format_action(action, indent, column) for action, indent in shown)
        if description is not None:
            self._indent += self._indent_increment
            body = self._format_text(description) + body
            self._indent -= self._indent_increment
        if not body:
            return ""
        title = f"{heading}:\n" if heading is not None and heading is not SUPPRESS else ""
        return f"\n{title}{body}\n"

    def _visible(self, actions):
        """Actions that help shows, with their indentation."""
        for action in actions:
            if action.help is not SUPPRESS:
                yield action, self._indent_increment
                for inner in getattr(action, "_get_subactions", list)():
                    yield inner, 2 * self._indent_increment

    def _help_column(self):
        longest = 0
        for block in self._blocks:
            if block[0] == "section":
                for action, indent in self._visible(block[3]):
                    longest = max(longest, len(self._format_action_invocation(action)) + indent)
        return min(longest + 2, self._max_help_position)

    def _format_action(self, action, indent, column):
        header = self._format_action_invocation(action)
        width = max(self._width - column, 11)
        room = column - indent - 2
        lead = " " * indent
        if not action.help or not action.help.strip():
            return f"{lead}{header}\n"
        lines = self._split_lines(self._expand_help(action), width)
        if len(header) <= room:
            text = f"{lead}{header:<{room}}  {lines[0]}\n"
            lines = lines[1:]
        else:
            text = f"{lead}{header}\n"
        return text + "".join(f"{' ' * column}{line}\n" for line in lines)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            return " ".join(self._metavars(action, self._get_default_metavar_for_positional(action), 1))
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        args = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {args}"

    def _metavars(self, action, default, count):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = f"{{{','.join(map(str, action.choices))}}}"
        else:
            result = default
        return result if isinstance(result, tuple) else (result,) * count

    def _format_args(self, action, default):
        """The texts that an argument takes, as usage shows them."""
        nargs = action.nargs
        if nargs is None:
            return self._metavars(action, default, 1)[0]
        if nargs == OPTIONAL:
            return f"[{self._metavars(action, default, 1)[0]}]"
        if nargs == ZERO_OR_MORE:
            name, *more = self._metavars(action, default, 1)
            return f"[{name} [{more[0]} ...]]" if more else f"[{name} ...]"
        if nargs == ONE_OR_MORE:
            first, second = self._metavars(action, default, 2)
            return f"{first} [{second} ...]"
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return f"{self._metavars(action, default, 1)[0]} ..."
        if nargs == SUPPRESS:
            return ""
        return " ".join(self._metavars(action, default, nargs))

    def _expand_help(self, action):
        text = self._get_help_string(action)
        values = {name: value for name, value in vars(action).items() if value is not SUPPRESS}
        values["prog"] = self._prog
        for name, value in values.items():
            if hasattr(value, "__name__"):
                values[name] = value.__name__
        if values.get("choices") is not None:
            values["choices"] = ", ".join(map(str, values["choices"]))
        return text % values

    # Usage

    def _format_usage(self, usage, actions, groups, prefix):
        prefix = "usage: " if prefix is None else prefix
        if usage is not None:
            return f"{prefix}{usage % {'prog': self._prog}}\n\n"
        optionals = [action for action in actions if action.option_strings]
        positionals = [action for action in actions if not action.option_strings]
        options, arguments = self._usage_parts(optionals, groups), self._usage_parts(positionals, groups)
        usage = " ".join([self._prog, *options, *arguments])
        width = self._width - self._indent
        if len(prefix) + len(usage) > width:
            usage = self._wrapped_usage(prefix, options, arguments, width)
        return f"{prefix}{usage}\n\n"

    def _wrapped_usage(self, prefix, options, arguments, width):
        def lines(parts, indent, first=None):
            made, line, length = [], [], indent - 1 if first is None else len(first) - 1
            for part in parts:
                if length + 1 + len(part) > width and line:
                    made.append(" " * indent + " ".join(line))
                    line, length = [], indent - 1
                line.append(part)
                length += len(part) + 1
            if line:
                made.append(" " * indent + " ".join(line))
            if first is not None:
                made[0] = made[0][indent:]
            return made

        if len(prefix) + len(self._prog) <= 0.75 * width:
            indent = len(prefix) + len(self._prog) + 1
            if options:
                made = lines([self._prog, *options], indent, prefix) + lines(arguments, indent)
            elif arguments:
                made = lines([self._prog, *arguments], indent, prefix)
            else:
                made = [self._prog]
        else:
            indent = len(prefix)
            made = lines(options + arguments, indent)
            if len(made) > 1:
                made = lines(options, indent) + lines(arguments, indent)
            made = [self._prog, *made]
        return "\n".join(made)

    def _usage_parts(self, actions, groups):
        """Each argument as usage shows it; those of an exclusive group as one part with bars."""
        parts, at = [], 0
        while at < len(actions):
            group = next((g for g in groups if g._group_actions and g._group_actions[0] is actions[at]), None)
            members = group._group_actions if group else []
            if group and actions[at : at + len(members)] == members:
                inner = [self._usage_part(a, bare=True) for a in members if a.help is not SUPPRESS]
                if inner:
                    left, right = ("(", ")") if group.required and len(inner) > 1 else ("[", "]")
                    if group.required and len(inner) == 1:
                        left = right = ""
                    inner[0], inner[-1] = left + inner[0], inner[-1] + right
                    parts += [f"{part} |" for part in inner[:-1]] + [inner[-1]]
                at += len(members)
                continue
            if actions[at].help is not SUPPRESS:
                parts.append(self._usage_part(actions[at]))
            at += 1
        return [part for part in parts if part]

    def _usage_part(self, action, bare=False):
        if not action.option_strings:
            part = self._format_args(action, self._get_default_metavar_for_positional(action))
            return part[1:-1] if bare and part[:1] == "[" and part[-1:] == "]" else part
        if action.nargs == 0:
            part = action.format_usage()
        else:
            args = self._format_args(action, self._get_default_metavar_for_optional(action))
            part = f"{action.option_strings[0]} {args}"
        return part if bare or action.required else f"[{part}]"

    # What subclasses change

    def _split_lines(self, text, width):
        return textwrap.wrap(" ".join(text.split()), width)

    def _fill_text(self, text, width, indent):
        text = " ".join(text.split())
        return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


class RawDescriptionHelpFormatter(HelpFormatter):
    """Descriptions as they are written."""

    __module__ = "argparse"

    def _fill_text(self, text, width, indent):
        return "".join(indent + line for line in text.splitlines(keepends=True))


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """All texts as they are written."""

    __module__ = "argparse"

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Help that also tells defaults."""

    __module__ = "argparse"

    def _get_help_string(self, action):
        text = "" if action.help is None else action.help
        if "%(default)" in text or action.default is SUPPRESS:
            return text
        if action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE):
            text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    """The type in the place of the name."""

    __module__ = "argparse"

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    _get_default_metavar_for_positional = _get_default_metavar_for_optional
