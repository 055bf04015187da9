"""Signatures: the parameters of a callable, and binding arguments to them."""

import types
from types import MappingProxyType


class _empty:
    """Marker object for Signature.empty and Parameter.empty."""

    __module__ = "inspect"


class _Kind(int):
    """The kind of a parameter."""

    _NAMES = (
        ("POSITIONAL_ONLY", "positional-only"),
        ("POSITIONAL_OR_KEYWORD", "positional or keyword"),
        ("VAR_POSITIONAL", "variadic positional"),
        ("KEYWORD_ONLY", "keyword-only"),
        ("VAR_KEYWORD", "variadic keyword"),
    )

    @property
    def name(self):
        return self._NAMES[self][0]

    @property
    def value(self):
        return int(self)

    @property
    def description(self):
        return self._NAMES[self][1]

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"


_POSITIONAL_ONLY = _Kind(0)
_POSITIONAL_OR_KEYWORD = _Kind(1)
_VAR_POSITIONAL = _Kind(2)
_KEYWORD_ONLY = _Kind(3)
_VAR_KEYWORD = _Kind(4)
_KINDS = (
    _POSITIONAL_ONLY,
    _POSITIONAL_OR_KEYWORD,
    _VAR_POSITIONAL,
    _KEYWORD_ONLY,
    _VAR_KEYWORD,
)


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    """An annotation as signatures show it."""
    if not quote_annotation_strings and isinstance(annotation, str):
        return annotation
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    if type(annotation).__name__ == "ForwardRef":
        return annotation.__forward_arg__
    return repr(annotation)


class Parameter:
    """One parameter of a callable."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")
    __module__ = "inspect"

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        if not isinstance(kind, int) or not 0 <= kind <= 4:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        kind = _KINDS[kind]
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name, self._kind = name, kind
        self._default, self._annotation = default, annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def replace(self, *, name=..., kind=..., annotation=..., default=...):
        """A copy with some of its attributes changed."""
        return type(self)(
            self._name if name is ... else name,
            self._kind if kind is ... else kind,
            default=self._default if default is ... else default,
            annotation=self._annotation if annotation is ... else annotation,
        )

    __replace__ = replace

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text = f"{text}: {formatannotation(self._annotation)}"
        if self._default is not _empty:
            sign = " = " if self._annotation is not _empty else "="
            text = f"{text}{sign}{self._default!r}"
        stars = {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}
        return stars.get(self._kind, "") + text

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def _key(self):
        return (self._name, self._kind, self._default, self._annotation)

    def __hash__(self):
        return hash(self._key())

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return self._key() == other._key()


class BoundArguments:
    """Arguments by the names of the parameters they go to."""

    __slots__ = ("arguments", "_signature")
    __module__ = "inspect"

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        values = []
        for name, param in self._signature.parameters.items():
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if param.kind == _VAR_POSITIONAL:
                values.extend(self.arguments[name])
            else:
                values.append(self.arguments[name])
        return tuple(values)

    @property
    def kwargs(self):
        values = {}
        by_name = False
        for name, param in self._signature.parameters.items():
            by_name = by_name or param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY)
            if name not in self.arguments:
                by_name = True
            elif by_name and param.kind == _VAR_KEYWORD:
                values.update(self.arguments[name])
            elif by_name:
                values[name] = self.arguments[name]
        return values

    def apply_defaults(self):
        """Fills in what was not given."""
        filled = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif param.default is not _empty:
                filled[name] = param.default
            elif param.kind is _VAR_POSITIONAL:
                filled[name] = ()
            elif param.kind is _VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return (self.signature, self.arguments) == (other.signature, other.arguments)

    def __repr__(self):
        shown = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"<{self.__class__.__name__} ({shown})>"


class Signature:
    """The parameters of a callable and the annotation of its result."""

    __slots__ = ("_return_annotation", "_parameters")
    __module__ = "inspect"
    empty = _empty

    def __init__(
        self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True
    ):
        parameters = list(parameters or ())
        if __validate_parameters__:
            _validate(parameters)
        found = {param.name: param for param in parameters}
        self._parameters = MappingProxyType(found)
        self._return_annotation = return_annotation

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    @classmethod
    def from_callable(cls, obj, **options):
        """The signature of a callable."""
        return signature(obj, **options)

    def replace(self, *, parameters=..., return_annotation=...):
        """A copy with some of its attributes changed."""
        if parameters is ...:
            parameters = self.parameters.values()
        if return_annotation is ...:
            return_annotation = self._return_annotation
        return type(self)(parameters, return_annotation=return_annotation)

    __replace__ = replace

    def _key(self):
        items = [p for p in self.parameters.values() if p.kind != _KEYWORD_ONLY]
        named = {p.name: p for p in self.parameters.values() if p.kind == _KEYWORD_ONLY}
        return items, named, self._return_annotation

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self):
        items, named, result = self._key()
        return hash((tuple(items), frozenset(named.values()), result))

    def bind(self, /, *args, **kwargs):
        """Binds arguments as a call would; TypeError when they do not fit."""
        return _bind(self, args, kwargs, partial=False)

    def bind_partial(self, /, *args, **kwargs):
        """The same, but arguments may be missing."""
        return _bind(self, args, kwargs, partial=True)

    def format(self, *, max_width=None, quote_annotation_strings=True):
        """The signature as text."""
        parts = []
        pending_slash = False
        pending_star = True
        for param in self.parameters.values():
            if param.kind == _POSITIONAL_ONLY:
                pending_slash = True
            elif pending_slash:
                parts.append("/")
                pending_slash = False
            if param.kind == _VAR_POSITIONAL:
                pending_star = False
            elif param.kind == _KEYWORD_ONLY and pending_star:
                parts.append("*")
                pending_star = False
            parts.append(str(param))
        if pending_slash:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if max_width is not None and len(text) > max_width:
            text = "(\n    " + ",\n    ".join(parts) + "\n)"
        if self._return_annotation is not _empty:
            text += f" -> {formatannotation(self._return_annotation)}"
        return text

    def __str__(self):
        return self.format()

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"


def _validate(parameters):
    kind, seen_default, names = _POSITIONAL_ONLY, False, set()
    for param in parameters:
        if param.kind < kind:
            raise ValueError(
                f"wrong parameter order: {kind.description} parameter before "
                f"{param.kind.description} parameter"
            )
        kind = param.kind
        if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            if param.default is _empty and seen_default:
                raise ValueError(
                    "non-default argument follows default argument"
                )
            seen_default = seen_default or param.default is not _empty
        if param.name in names:
            raise ValueError(f"duplicate parameter name: {param.name!r}")
        names.add(param.name)


def _bind(signature, args, kwargs, partial):
    arguments = {}
    args, kwargs = list(args), dict(kwargs)
    params = list(signature.parameters.values())
    wrong = []
    for param in params:
        name, kind = param.name, param.kind
        if kind == _VAR_POSITIONAL:
            if args:
                arguments[name] = tuple(args)
            args = []
        elif kind == _VAR_KEYWORD:
            break
        elif kind != _KEYWORD_ONLY and args:
            if name in kwargs and kind == _POSITIONAL_OR_KEYWORD:
                raise TypeError(f"multiple values for argument {name!r}")
            arguments[name] = args.pop(0)
        elif name in kwargs and kind != _POSITIONAL_ONLY:
            arguments[name] = kwargs.pop(name)
        elif name in kwargs and not any(p.kind == _VAR_KEYWORD for p in params):
            wrong.append(name)
        elif param.default is _empty and not partial:
            raise TypeError(f"missing a required argument: {name!r}")
    if args:
        raise TypeError("too many positional arguments")
    if wrong:
        raise TypeError(
            "got some positional-only arguments passed as keyword arguments: "
            f"{', '.join(map(repr, wrong))}"
        )
    if kwargs:
        if params and params[-1].kind == _VAR_KEYWORD:
            arguments[params[-1].name] = kwargs
        else:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
    order = [p.name for p in params if p.name in arguments]
    return BoundArguments(signature, {name: arguments[name] for name in order})


def signature(
    obj,
    *,
    follow_wrapped=True,
    globals=None,
    locals=None,
    eval_str=False,
    annotation_format=1,
):
    """The signature of a callable."""
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if isinstance(obj, types.MethodType):
        return _without_first(signature(obj.__func__, eval_str=eval_str))
    if follow_wrapped:
        seen = 0
        while hasattr(obj, "__wrapped__") and not hasattr(obj, "__signature__"):
            obj = obj.__wrapped__
            seen += 1
            if seen > 1000:
                raise ValueError(f"wrapper loop when unwrapping {obj!r}")
        if isinstance(obj, types.MethodType):
            return signature(obj, eval_str=eval_str)
    known = getattr(obj, "__signature__", None)
    if isinstance(known, Signature):
        return known
    if isinstance(obj, types.FunctionType):
        return _of_function(obj, eval_str, globals, locals)
    if type(obj).__name__ == "partial":
        return _of_partial(obj, eval_str)
    if isinstance(obj, type):
        return _of_class(obj, eval_str)
    text = getattr(obj, "__text_signature__", None)
    if text is None and not isinstance(obj, types.BuiltinFunctionType):
        call = getattr(type(obj), "__call__", None)
        if isinstance(call, types.FunctionType):
            return _without_first(signature(call, eval_str=eval_str))
    from _loopscope import unsupported

    unsupported(f"inspect.signature() of {obj!r}")


def _without_first(found):
    params = list(found.parameters.values())
    if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if params[0].kind != _VAR_POSITIONAL:
        params = params[1:]
    return found.replace(parameters=params)


def _of_class(cls, eval_str):
    meta_call = type(cls).__call__
    if isinstance(meta_call, types.FunctionType):
        return _without_first(signature(meta_call, eval_str=eval_str))
    for base in cls.__mro__:
        for name in ("__new__", "__init__"):
            method = base.__dict__.get(name)
            method = getattr(method, "__func__", method)
            if isinstance(method, types.FunctionType):
                return _without_first(signature(method, eval_str=eval_str))
        if base.__dict__.get("__text_signature__"):
            break
    if cls.__init__ is object.__init__ and cls.__new__ is object.__new__:
        return Signature()
    raise ValueError(f"no signature found for builtin type {cls!r}")


def _of_partial(obj, eval_str):
    params = []
    given = list(obj.args)
    keywords = obj.keywords
    by_keyword = False
    whole = signature(obj.func, eval_str=eval_str)
    for param in whole.parameters.values():
        if given and param.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            given.pop(0)
            continue
        if param.name in keywords and param.kind is not _POSITIONAL_ONLY:
            by_keyword = True
            param = param.replace(default=keywords[param.name])
        if by_keyword and param.kind is _POSITIONAL_OR_KEYWORD:
            param = param.replace(kind=_KEYWORD_ONLY)
        if by_keyword and param.kind is _VAR_POSITIONAL:
            continue
        params.append(param)
    return whole.replace(parameters=params)


def _of_function(function, eval_str, globals, locals):
    from annotationlib import get_annotations

    code = function.__code__
    annotations = get_annotations(
        function, eval_str=eval_str, globals=globals, locals=locals
    )
    defaults = function.__defaults__ or ()
    kwdefaults = function.__kwdefaults__ or {}
    count, only = code.co_argcount, code.co_posonlyargcount
    names = code.co_varnames
    params = []

    def add(name, kind, default=_empty):
        annotation = annotations.get(name, _empty)
        params.append(Parameter(name, kind, default=default, annotation=annotation))

    for at, name in enumerate(names[:count]):
        kind = _POSITIONAL_ONLY if at < only else _POSITIONAL_OR_KEYWORD
        from_end = at - (count - len(defaults))
        add(name, kind, defaults[from_end] if from_end >= 0 else _empty)
    at = count + code.co_kwonlyargcount
    if code.co_flags & 4:
        add(names[at], _VAR_POSITIONAL)
        at += 1
    for name in names[count : count + code.co_kwonlyargcount]:
        add(name, _KEYWORD_ONLY, kwdefaults.get(name, _empty))
    if code.co_flags & 8:
        add(names[at], _VAR_KEYWORD)
    return Signature(params, return_annotation=annotations.get("return", _empty))
