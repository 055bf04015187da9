"""Looking at live objects: what kind they are, where a coroutine stands, what a function takes."""

import sys
import types
from collections import namedtuple
from inspect._source import findsource, getblock, getcomments, getsource, getsourcefile, getsourcelines
from inspect._signature import (
    BoundArguments,
    Parameter,
    Signature,
    formatannotation,
    signature,
)

CO_OPTIMIZED = 1
CO_NEWLOCALS = 2
CO_VARARGS = 4
CO_VARKEYWORDS = 8
CO_NESTED = 16
CO_GENERATOR = 32
CO_COROUTINE = 128
CO_ITERABLE_COROUTINE = 256
CO_ASYNC_GENERATOR = 512

TPFLAGS_IS_ABSTRACT = 1 << 20

_mark = object()


def ismodule(object):
    """Is it a module?"""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Is it a class?"""
    return isinstance(object, type)


def ismethod(object):
    """Is it a method bound to an object?"""
    return isinstance(object, types.MethodType)


def isfunction(object):
    """Is it a function written in Python?"""
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    """Is it a built-in function or method?"""
    return isinstance(object, types.BuiltinFunctionType)


def ismethodwrapper(object):
    """Is it a special method of a built-in object?"""
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    """Is it any kind of function or method?"""
    return (
        isbuiltin(object)
        or isfunction(object)
        or ismethod(object)
        or ismethoddescriptor(object)
        or ismethodwrapper(object)
    )


def ismethoddescriptor(object):
    """Is it a descriptor of a method that is neither function, method nor data?"""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return (
        hasattr(kind, "__get__")
        and not hasattr(kind, "__set__")
        and not hasattr(kind, "__delete__")
    )


def isdatadescriptor(object):
    """Is it a descriptor that takes assignments?"""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__set__") or hasattr(kind, "__delete__")


def isgetsetdescriptor(object):
    """Is it a computed attribute of a built-in class?"""
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    """Is it a slot?"""
    return isinstance(object, types.MemberDescriptorType)


def istraceback(object):
    """Is it a traceback?"""
    return isinstance(object, types.TracebackType)


def isframe(object):
    """Is it a frame?"""
    return isinstance(object, types.FrameType)


def iscode(object):
    """Is it a code object?"""
    return isinstance(object, types.CodeType)


def _has_flag(function, flag):
    function = _inner(function)
    code = getattr(function, "__code__", None)
    return bool(isfunction(function) and code.co_flags & flag)


def _inner(function):
    """The function inside of methods and partial objects."""
    while True:
        if ismethod(function):
            function = function.__func__
        elif hasattr(function, "func") and type(function).__name__ == "partial":
            function = function.func
        else:
            return function


def isgeneratorfunction(obj):
    """Is it a function that makes a generator?"""
    return _has_flag(obj, CO_GENERATOR)


def isasyncgenfunction(obj):
    """Is it a function that makes an asynchronous generator?"""
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def markcoroutinefunction(func):
    """Makes iscoroutinefunction() true for a function that returns a coroutine."""
    func = getattr(func, "__func__", func)
    func._is_coroutine_mark = _mark
    return func


def iscoroutinefunction(obj):
    """Is it an `async def` function, or marked like one?"""
    if _has_flag(obj, CO_COROUTINE):
        return True
    return getattr(_inner(obj), "_is_coroutine_mark", None) is _mark


def isgenerator(object):
    """Is it a generator?"""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Is it a coroutine?"""
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    """Is it an asynchronous generator?"""
    return isinstance(object, types.AsyncGeneratorType)


def isawaitable(object):
    """Can it be awaited?"""
    if iscoroutine(object) or hasattr(type(object), "__await__"):
        return True
    return isgenerator(object) and bool(
        object.gi_code.co_flags & CO_ITERABLE_COROUTINE
    )


def isabstract(object):
    """Is it an abstract class?"""
    return isclass(object) and bool(getattr(object, "__abstractmethods__", None))


GEN_CREATED, GEN_RUNNING = "GEN_CREATED", "GEN_RUNNING"
GEN_SUSPENDED, GEN_CLOSED = "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING = "CORO_CREATED", "CORO_RUNNING"
CORO_SUSPENDED, CORO_CLOSED = "CORO_SUSPENDED", "CORO_CLOSED"
AGEN_CREATED, AGEN_RUNNING = "AGEN_CREATED", "AGEN_RUNNING"
AGEN_SUSPENDED, AGEN_CLOSED = "AGEN_SUSPENDED", "AGEN_CLOSED"


def getgeneratorstate(generator):
    """GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED."""
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    return GEN_CLOSED if generator.gi_frame is None else GEN_CREATED


def getcoroutinestate(coroutine):
    """CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED."""
    if coroutine.cr_running:
        return CORO_RUNNING
    if coroutine.cr_suspended:
        return CORO_SUSPENDED
    return CORO_CLOSED if coroutine.cr_frame is None else CORO_CREATED


def getasyncgenstate(agen):
    """AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED or AGEN_CLOSED."""
    if agen.ag_running:
        return AGEN_RUNNING
    if agen.ag_suspended:
        return AGEN_SUSPENDED
    return AGEN_CLOSED if agen.ag_frame is None else AGEN_CREATED


def getgeneratorlocals(generator):
    """The local variables of a generator."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    frame = generator.gi_frame
    return {} if frame is None else frame.f_locals


def getcoroutinelocals(coroutine):
    """The local variables of a coroutine."""
    frame = getattr(coroutine, "cr_frame", None)
    return {} if frame is None else frame.f_locals


def getasyncgenlocals(agen):
    """The local variables of an asynchronous generator."""
    if not isasyncgen(agen):
        raise TypeError(f"{agen!r} is not a Python async generator")
    frame = agen.ag_frame
    return {} if frame is None else frame.f_locals


def getmembers(object, predicate=None):
    """All attributes as (name, value), sorted by name."""
    names = dir(object)
    if isclass(object):
        for base in object.__bases__:
            for name, value in base.__dict__.items():
                if isinstance(value, types.DynamicClassAttribute):
                    names.append(name)
    results = []
    for name in dict.fromkeys(names):
        try:
            value = getattr(object, name)
        except AttributeError:
            for base in getattr(object, "__mro__", ()):
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if predicate is None or predicate(value):
            results.append((name, value))
    results.sort(key=lambda pair: pair[0])
    return results


def getattr_static(obj, attr, default=_mark):
    """An attribute without calling descriptors, __getattr__ or __getattribute__."""
    own = {} if isclass(obj) else getattr(obj, "__dict__", {})
    cls = obj if isclass(obj) else type(obj)
    in_class = _mark
    for base in cls.__mro__:
        if attr in base.__dict__:
            in_class = base.__dict__[attr]
            break
    if in_class is not _mark and hasattr(type(in_class), "__set__"):
        return in_class
    if attr in own:
        return own[attr]
    if in_class is not _mark:
        return in_class
    for base in type(obj).__mro__ if isclass(obj) else ():
        if attr in base.__dict__:
            return base.__dict__[attr]
    if default is not _mark:
        return default
    raise AttributeError(attr)


def getmro(cls):
    """The classes that attributes are looked for in."""
    return cls.__mro__


def getmodule(object, _filename=None):
    """The module that an object was defined in, or None."""
    if ismodule(object):
        return object
    return sys.modules.get(getattr(object, "__module__", None))


def unwrap(func, *, stop=None):
    """The function under all decorators that set __wrapped__."""
    seen = {id(func)}
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {func!r}")
        seen.add(id(func))
    return func


def cleandoc(doc):
    """A docstring without the indentation that it has in the source."""
    lines = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.lstrip(" ")]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip(" ")] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    """The documentation of an object, inherited if it has none itself."""
    doc = getattr(object, "__doc__", None)
    if doc is None and isclass(object):
        docs = [base.__dict__.get("__doc__") for base in object.__mro__[1:-1]]
        doc = next((found for found in docs if found), None)
    return cleandoc(doc) if isinstance(doc, str) else None


def getfile(object):
    """The file that an object was defined in."""
    if ismodule(object) and getattr(object, "__file__", None):
        return object.__file__
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
        raise TypeError(f"{object!r} is a built-in class")
    if ismethod(object):
        object = object.__func__
    for attribute in ("__code__", "f_code", "gi_code", "cr_code"):
        object = getattr(object, attribute, object)
    if iscode(object):
        return object.co_filename
    raise TypeError(
        "module, class, method, function, traceback, frame, or code object was "
        f"expected, got {type(object).__name__}"
    )


def getmodulename(path):
    """The name of the module in a file."""
    name = path.rpartition("/")[2]
    return name.removesuffix(".py") if name.endswith(".py") else None


def currentframe():
    """The frame of the caller."""
    return sys._getframe(1)


def stack(context=1):
    """The frames of the caller and of all functions that called it."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """The frames from here to where the exception that is being handled was raised."""
    exc = sys.exception()
    return getinnerframes(exc and exc.__traceback__, context)


def getouterframes(frame, context=1):
    """A frame and those that called it."""
    found = []
    while frame is not None:
        found.append(_frame_info(frame, context))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    """The frames of a traceback and of all that follow."""
    found = []
    while tb is not None:
        found.append(_with_frame(tb.tb_frame, getframeinfo(tb, context)))
        tb = tb.tb_next
    return found


class Traceback(namedtuple("Traceback", "filename lineno function code_context index")):
    """Where a frame is, and the lines around."""

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        made = super().__new__(cls, filename, lineno, function, code_context, index)
        made.positions = positions
        return made


class FrameInfo(namedtuple("FrameInfo", "frame filename lineno function code_context index")):
    """One frame of stack()."""

    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        made = super().__new__(cls, frame, filename, lineno, function, code_context, index)
        made.positions = positions
        return made


def getframeinfo(frame, context=1):
    """Where a frame or traceback is, with so many lines around."""
    import linecache

    if istraceback(frame):
        line, frame = frame.tb_lineno, frame.tb_frame
    elif isframe(frame):
        line = frame.f_lineno
    else:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    code = frame.f_code
    lines, index = None, None
    source = linecache.getlines(code.co_filename) if context > 0 else []
    if source:
        start = max(0, min(line - 1 - context // 2, len(source) - context))
        lines, index = source[start:start + context], line - 1 - start
    return Traceback(code.co_filename, line, code.co_name, lines, index)


def _with_frame(frame, info):
    return FrameInfo(frame, *info, positions=info.positions)


def _frame_info(frame, context=1):
    return _with_frame(frame, getframeinfo(frame, context))


def get_annotations(obj, **options):
    """The annotations of a class, function or module, as a new dict."""
    import annotationlib

    return annotationlib.get_annotations(obj, **options)


def getfullargspec(func):
    """The parameters of a function in the form of old."""
    from collections import namedtuple

    spec = namedtuple(
        "FullArgSpec",
        "args varargs varkw defaults kwonlyargs kwonlydefaults annotations",
    )
    try:
        found = signature(func, follow_wrapped=False)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    args, kwonly, kwdefaults, defaults, annotations = [], [], {}, (), {}
    varargs = varkw = None
    if found.return_annotation is not found.empty:
        annotations["return"] = found.return_annotation
    for param in found.parameters.values():
        if param.kind in (param.POSITIONAL_ONLY, param.POSITIONAL_OR_KEYWORD):
            args.append(param.name)
            if param.default is not param.empty:
                defaults += (param.default,)
        elif param.kind is param.VAR_POSITIONAL:
            varargs = param.name
        elif param.kind is param.KEYWORD_ONLY:
            kwonly.append(param.name)
            if param.default is not param.empty:
                kwdefaults[param.name] = param.default
        else:
            varkw = param.name
        if param.annotation is not param.empty:
            annotations[param.name] = param.annotation
    return spec(
        args, varargs, varkw, defaults or None, kwonly, kwdefaults or None, annotations
    )


def getcallargs(func, /, *positional, **named):
    """The values that parameters would get in a call."""
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)
