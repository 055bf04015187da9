"""One parse: which texts are options, and which positional argument takes which texts."""

import re

from argparse._actions import (
    ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, ArgumentError, ArgumentTypeError, argument_name,
)

_NEGATIVE = re.compile(r"-(?:\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)")


def _pattern(action):
    """How many texts an argument takes, as a regular expression over A (argument), O (option) and - (`--`)."""
    patterns = {
        None: "(-*A-*)", OPTIONAL: "(-*A?-*)", ZERO_OR_MORE: "(-*[A-]*)", ONE_OR_MORE: "(-*A[A-]*)",
        REMAINDER: "([-AO]*)", PARSER: "(-*A[-AO]*)", SUPPRESS: "(-*-*)",
    }
    nargs = action.nargs
    found = patterns[nargs] if nargs in patterns else f"(-*{'-*'.join('A' * nargs)}-*)"
    return found.replace("-*", "").replace("-", "") if action.option_strings else found


class Parse:
    """The state of parsing one list of arguments."""

    def __init__(self, parser, args, namespace):
        self.parser, self.args, self.namespace = parser, args, namespace
        self.positionals = [action for action in parser._actions if not action.option_strings]
        self.seen, self.seen_by_user, self.unknown = set(), set(), []
        self.options = {}
        kinds, only_arguments = [], False
        for at, text in enumerate(args):
            if only_arguments:
                kinds.append("A")
            elif text == "--":
                kinds.append("-")
                only_arguments = True
            else:
                option = self.option_of(text)
                if option is not None:
                    self.options[at] = option
                kinds.append("A" if option is None else "O")
        self.kinds = "".join(kinds)

    def run(self):
        """Takes all texts; gives those that nothing takes."""
        at, last = 0, max(self.options, default=-1)
        while at <= last:
            upcoming = min(place for place in self.options if place >= at)
            if at != upcoming:
                after = self.take_positionals(at)
                if after > at:
                    at = after
                    continue
                at = after
            if at not in self.options:
                self.unknown += self.args[at:upcoming]
                at = upcoming
            at = self.take_option(at)
        at = self.take_positionals(at)
        self.unknown += self.args[at:]
        self.check_required()
        self.convert_defaults()
        return self.unknown

    # Options

    def option_of(self, text):
        """The option that a text is: (action, its name, what follows behind `=`), or None for an argument."""
        parser = self.parser
        if not text or text[0] not in parser.prefix_chars:
            return None
        if text in parser._option_actions:
            return parser._option_actions[text], text, None
        if len(text) == 1:
            return None
        name, equals, value = text.partition("=")
        if equals and name in parser._option_actions:
            return parser._option_actions[name], name, value
        candidates = self.abbreviated(text)
        if len(candidates) > 1:
            listed = ", ".join(name for _, name, _ in candidates)
            raise ArgumentError(None, f"ambiguous option: {text} could match {listed}")
        if candidates:
            return candidates[0]
        if _NEGATIVE.fullmatch(text) and not parser._negative_options or " " in text:
            return None
        return None, text, None

    def abbreviated(self, text):
        """The options that a text may stand for: a beginning of a long one, or short ones run together."""
        parser, found = self.parser, []
        long = text[1] in parser.prefix_chars
        name, equals, value = text.partition("=")
        if long and not parser.allow_abbrev:
            return []
        for known, action in parser._option_actions.items():
            if known.startswith(name) and (long or parser.allow_abbrev):
                found.append((action, known, value if equals else None))
            elif not long and known == text[:2]:
                found.append((action, known, text[2:]))
        return found

    def take_option(self, at):
        """One option with the texts that belong to it."""
        action, name, value = self.options[at]
        if action is None:
            self.unknown.append(self.args[at])
            return at + 1
        following = self.kinds[at + 1 :]
        while value is not None:
            if action.nargs != 0:
                self.do(action, [value], name)
                return at + 1
            # Several short options in one text.
            if name[1] in self.parser.prefix_chars or not value or self.args[at][2:3] == "=" and len(name) == 2:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
            self.do(action, [], name)
            name, value = name[0] + value[0], value[1:] or None
            if name not in self.parser._option_actions:
                raise ArgumentError(action, f"ignored explicit argument {name[1:] + (value or '')!r}")
            action = self.parser._option_actions[name]
        count = self.count_for(action, following)
        self.do(action, self.args[at + 1 : at + 1 + count], name)
        return at + 1 + count

    def count_for(self, action, following):
        match = re.match(_pattern(action) if action.nargs != 0 else "()", following)
        if match is None:
            messages = {
                None: "expected one argument", OPTIONAL: "expected at most one argument",
                ONE_OR_MORE: "expected at least one argument",
            }
            plural = "" if action.nargs == 1 else "s"
            message = messages.get(action.nargs, f"expected {action.nargs} argument{plural}")
            raise ArgumentError(action, message)
        return len(match.group(1))

    # Positional arguments

    def take_positionals(self, at):
        """As many positional arguments as the texts up to the next option satisfy."""
        following = self.kinds[at:]
        for count in range(len(self.positionals), 0, -1):
            match = re.match("".join(map(_pattern, self.positionals[:count])), following)
            if match:
                break
        else:
            return at
        taken = [len(text) for text in match.groups()]
        while taken and "O" in following[sum(taken) :] and self.may_wait(taken, following):
            taken.pop()
        for action, size in zip(self.positionals, taken):
            texts = self.args[at : at + size]
            if action.nargs != REMAINDER and "-" in self.kinds[at : at + size]:
                texts.remove("--")
            if action.nargs == PARSER and self.args[at : at + 1] == ["--"]:
                texts = self.args[at + 1 : at + size]
            at += size
            self.do(action, texts)
        del self.positionals[: len(taken)]
        return at

    def may_wait(self, taken, following):
        """Would the last positional argument take nothing, though there may be texts behind the options?"""
        action = self.positionals[len(taken) - 1]
        return taken[-1] == 0 and action.nargs in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS)

    # Values

    def do(self, action, texts, option_string=None):
        """Lets an argument act on its texts."""
        self.seen.add(action)
        values = self.values(action, texts)
        if values is not action.default:
            self.seen_by_user.add(action)
            for group in self.parser._exclusive:
                for other in group._group_actions if action in group._group_actions else ():
                    if other is not action and other in self.seen_by_user:
                        raise ArgumentError(action, f"not allowed with argument {argument_name(other)}")
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option_string)

    def values(self, action, texts):
        nargs = action.nargs
        if not texts and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            return self.convert(action, value) if isinstance(value, str) and value is not SUPPRESS else value
        if not texts and nargs == ZERO_OR_MORE and not action.option_strings:
            return action.default if action.default is not None else []
        if nargs in (None, OPTIONAL) and len(texts) == 1:
            return self.checked(action, self.convert(action, texts[0]))
        if nargs == REMAINDER:
            return [self.convert(action, text) for text in texts]
        if nargs == PARSER:
            values = [self.convert(action, text) for text in texts]
            self.checked(action, values[0])
            return values
        if nargs == SUPPRESS:
            return SUPPRESS
        return [self.checked(action, self.convert(action, text)) for text in texts]

    def convert(self, action, text):
        function = action.type
        if function is None:
            return text
        try:
            return function(text)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error)) from None
        except (TypeError, ValueError):
            name = getattr(function, "__name__", repr(function))
            raise ArgumentError(action, f"invalid {name} value: {text!r}") from None

    def checked(self, action, value):
        choices = action.choices
        if choices is not None and value not in choices:
            listed = ", ".join(map(repr, choices))
            raise ArgumentError(action, f"invalid choice: {value!r} (choose from {listed})")
        return value

    def convert_defaults(self):
        """Defaults that are texts are converted as if they had been given."""
        for action in self.parser._actions:
            untouched = action not in self.seen and isinstance(action.default, str)
            if untouched and getattr(self.namespace, action.dest, None) is action.default:
                setattr(self.namespace, action.dest, self.convert(action, action.default))

    def check_required(self):
        missing = [
            argument_name(action) for action in self.parser._actions if action.required and action not in self.seen
        ]
        if missing:
            raise ArgumentError(None, f"the following arguments are required: {', '.join(missing)}")
        for group in self.parser._exclusive:
            if group.required and not any(action in self.seen_by_user for action in group._group_actions):
                names = [argument_name(action) for action in group._group_actions if action.help is not SUPPRESS]
                raise ArgumentError(None, f"one of the arguments {' '.join(names)} is required")
