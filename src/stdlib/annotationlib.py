"""Annotations that may name what does not exist yet: `get_annotations`, `ForwardRef`."""

import sys

__all__ = ["Format", "ForwardRef", "get_annotate_from_class_namespace", "get_annotations"]


class Format:
    """What get_annotations() gives: values, values with forward references, or source text."""

    VALUE = 1
    VALUE_WITH_FAKE_GLOBALS = 2
    FORWARDREF = 3
    STRING = 4


class ForwardRef:
    """An annotation that could not be evaluated yet, by its text."""

    def __init__(self, arg, *, module=None, owner=None, is_argument=True, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__forward_arg__ = arg
        self.__forward_module__ = module
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__owner__ = owner

    def evaluate(self, *, globals=None, locals=None, type_params=None, owner=None, format=1):
        """What the text means now."""
        owner = owner or self.__owner__
        if globals is None:
            module = self.__forward_module__ or getattr(owner, "__module__", None)
            globals = getattr(sys.modules.get(module), "__dict__", {})
        names = dict(vars(owner)) if isinstance(owner, type) else {}
        names.update({param.__name__: param for param in type_params or ()})
        names.update(locals or {})
        try:
            return eval(self.__forward_arg__, globals, names)
        except NameError:
            if format == Format.FORWARDREF:
                return self
            raise

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        module = self.__forward_module__
        extra = f", module={module!r}" if module is not None else ""
        if self.__forward_is_class__:
            extra += ", is_class=True"
        if self.__owner__ is not None:
            extra += f", owner={self.__owner__!r}"
        return f"ForwardRef({self.__forward_arg__!r}{extra})"

    # What can be written around a name in an annotation gives a longer text.
    def _combined(self, text):
        is_class = self.__forward_is_class__
        return ForwardRef(text, module=self.__forward_module__, owner=self.__owner__, is_class=is_class)

    def __or__(self, other):
        return self._combined(f"{self.__forward_arg__} | {type_repr(other)}")

    def __ror__(self, other):
        return self._combined(f"{type_repr(other)} | {self.__forward_arg__}")

    def __getitem__(self, item):
        items = item if isinstance(item, tuple) else (item,)
        text = ", ".join(type_repr(part) for part in items)
        return self._combined(f"{self.__forward_arg__}[{text}]")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._combined(f"{self.__forward_arg__}.{name}")

    def __call__(self, *args, **kwargs):
        raise TypeError("'ForwardRef' object is not callable")


def type_repr(value):
    """A type as annotations write it."""
    if isinstance(value, ForwardRef):
        return value.__forward_arg__
    if isinstance(value, type) and not hasattr(value, "__origin__"):
        if value.__module__ == "builtins":
            return value.__qualname__
        return f"{value.__module__}.{value.__qualname__}"
    if value is ...:
        return "..."
    if isinstance(value, list):
        return f"[{', '.join(map(type_repr, value))}]"
    if value is None or value is type(None):
        return "None"
    return repr(value)


def get_annotate_from_class_namespace(namespace):
    """The function that computes the annotations of a class, from its namespace."""
    return namespace.get("__annotate__") or namespace.get("__annotate_func__")


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    """The annotations of a class, function or module, as a new dict."""
    if eval_str and format != Format.VALUE:
        raise ValueError("eval_str=True is only supported with format=Format.VALUE")
    if format == Format.FORWARDREF:
        found = _with_forward_references(obj)
    elif format == Format.STRING:
        found = {n: v if isinstance(v, str) else type_repr(v) for n, v in _with_texts(obj).items()}
    else:
        found = getattr(obj, "__annotations__", None)
    if found is None:
        if isinstance(obj, type) or callable(obj) or hasattr(obj, "__dict__"):
            return {}
        raise TypeError(f"{obj!r} does not have annotations")
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str:
        return dict(found)
    module = sys.modules.get(getattr(obj, "__module__", None))
    if globals is None:
        globals = getattr(obj, "__globals__", None) or getattr(module, "__dict__", {})
    if locals is None and isinstance(obj, type):
        locals = dict(vars(obj))
    return {
        name: eval(value, globals, locals) if isinstance(value, str) else value
        for name, value in found.items()
    }


def _with_texts(obj):
    """Annotations in which every name stands for itself."""
    annotate = getattr(obj, "__annotate__", None)
    if annotate is None:
        return getattr(obj, "__annotations__", {})
    code = annotate.__code__
    stand_ins = _StandIns(annotate)
    try:
        for name in (*code.co_names, *code.co_freevars):
            stand_ins.add(name, _Names() if name == "__classdict__" else ForwardRef(name))
        return annotate(Format.VALUE)
    finally:
        stand_ins.remove()


class _Names:
    """The namespace of a class in which every name stands for itself."""

    def __getitem__(self, name):
        return ForwardRef(name)


def _with_forward_references(obj):
    """Annotations in which names that do not exist yet are ForwardRefs."""
    try:
        return getattr(obj, "__annotations__", {})
    except NameError as error:
        missing = error.name
        if missing is None:
            raise
    is_class = isinstance(obj, type)
    annotate = get_annotate_from_class_namespace(vars(obj)) if is_class else obj.__annotate__
    stand_ins = _StandIns(annotate)
    try:
        while True:
            stand_ins.add(missing, ForwardRef(missing, owner=obj, is_class=is_class))
            try:
                return annotate(Format.VALUE)
            except NameError as error:
                if error.name is None or error.name in stand_ins.names:
                    raise
                missing = error.name
    finally:
        stand_ins.remove()


class _StandIns:
    """Forward references put where a function looks for names, for as long as it runs."""

    def __init__(self, function):
        self.globals = function.__globals__
        cells = function.__closure__ or ()
        self.cells = dict(zip(function.__code__.co_freevars, cells))
        # What the names meant before, or this object itself for nothing.
        self.names = {}

    def add(self, name, value):
        if name in self.cells:
            cell = self.cells[name]
            try:
                self.names[name] = cell.cell_contents
            except ValueError:
                self.names[name] = self
            cell.cell_contents = value
        else:
            self.names[name] = self.globals.get(name, self)
            self.globals[name] = value

    def remove(self):
        for name, before in self.names.items():
            cell = self.cells.get(name)
            if before is not self:
                if cell is None:
                    self.globals[name] = before
                else:
                    cell.cell_contents = before
            elif cell is None:
                del self.globals[name]
            else:
                del cell.cell_contents
