"""Mocks after the model of an object, with the parameters of its functions and with its attributes."""

import functools
import inspect
import types
from unittest.mock import signatures
from unittest.mock.asynchronous import AsyncMock
from unittest.mock.base import LazySpec, NonCallableMock
from unittest.mock.calls import CallList
from unittest.mock.magic import MagicMock, NonCallableMagicMock
from unittest.mock.names import ALL
from unittest.mock.values import InvalidSpecError, is_callable

_FUNCTIONS = (types.FunctionType, types.MethodType)
_BUILT_IN = (
    types.BuiltinFunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
    types.ClassMethodDescriptorType,
)
_FORWARDED = (
    "assert_called_with assert_called_once_with assert_any_call assert_has_calls assert_not_called assert_called "
    "assert_called_once"
).split()
_AWAITED = (
    "assert_awaited assert_awaited_once assert_awaited_with assert_awaited_once_with assert_any_await "
    "assert_has_awaits assert_not_awaited"
).split()


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock with the attributes of an object, whose functions take the same arguments."""
    if not unsafe:
        check_spelling(kwargs)
    if type(spec) in (list, tuple):
        spec = type(spec)
    if isinstance(spec, NonCallableMock):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    is_type, is_async = isinstance(spec, type), signatures.is_async(spec)
    options = {} if spec is None else {"spec_set" if spec_set else "spec": spec}
    if unsafe:
        options["unsafe"] = True
    if is_async and instance:
        raise RuntimeError("Instance can not be True when create_autospec is mocking an async function")
    if is_type and instance:
        options["_spec_as_instance"] = True
    options.update(kwargs)
    cls = _class_for(spec, is_type, is_async, instance, options)
    _name = options.pop("name", _name)
    new_name = "" if _parent is None else _name
    mock = cls(parent=_parent, _new_parent=_parent, _new_name=new_name, name=_name, **options)
    if isinstance(spec, _FUNCTIONS):
        mock = _function_for(mock, spec, is_async)
    else:
        _check_arguments(spec, mock, is_type, instance)
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and "return_value" not in kwargs:
        wrapped = {"wraps": kwargs["wraps"]} if "wraps" in kwargs else {}
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()", _parent=mock, **wrapped)
    _add_children(mock, spec, spec_set, is_type, kwargs)
    dotted = {path: value for path, value in kwargs.items() if "." in path}
    if dotted:
        mock.configure_mock(**dotted)
    return mock


def check_spelling(kwargs):
    """Raises an error for keywords that are nearly those of specifications."""
    for wrong in ("autospect", "auto_spec", "set_spec"):
        if wrong in kwargs:
            raise RuntimeError(f"{wrong!r} might be a typo; use unsafe=True if this is intended")


def _class_for(spec, is_type, is_async, instance, options):
    if isinstance(spec, property) or inspect.isdatadescriptor(spec):
        options.pop("spec", None)
        options.pop("spec_set", None)
        return MagicMock
    if spec is not None and not is_callable(spec):
        return NonCallableMagicMock
    if is_async:
        return AsyncMock
    if is_type and instance and not any("__call__" in cls.__dict__ for cls in spec.__mro__):
        return NonCallableMagicMock
    return MagicMock


def _add_children(mock, spec, spec_set, is_type, kwargs):
    """An entry for each attribute; mocks for those that are not functions are made when they are asked for."""
    children_of = mock.__dict__["mock"] if isinstance(mock, types.FunctionType) else mock
    for entry in dir(spec):
        if entry in ALL or entry in ("__class__", "__dict__") or isinstance(mock, types.FunctionType) and entry in _FORWARDED:
            continue
        if entry.startswith("__") and entry.endswith("__"):
            continue
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        if entry in kwargs:
            continue
        if not isinstance(original, (*_FUNCTIONS, *_BUILT_IN)):
            child = LazySpec(original, spec_set, mock, entry, False)
        else:
            skip = signatures.must_skip(spec, entry, is_type)
            child = _method_for(children_of, original, entry, spec_set, skip)
            if "wraps" in kwargs:
                child.__dict__["_mock_wraps"] = getattr(kwargs["wraps"], entry)
            else:
                child.return_value = type(child).__mro__[1]()
        children_of._mock_children[entry] = child
        if isinstance(original, _FUNCTIONS) and isinstance(mock, types.FunctionType):
            setattr(mock, entry, child)
    for field in getattr(spec, "__dataclass_fields__", {}).values():
        if field.name not in children_of._mock_children and isinstance(field.type, type):
            children_of._mock_children[field.name] = LazySpec(field.type, spec_set, mock, field.name, True)


def _method_for(parent, original, entry, spec_set, skip):
    cls = AsyncMock if signatures.is_async(original) else MagicMock
    option = {"spec_set" if spec_set else "spec": original}
    child = cls(parent=parent, name=entry, _new_name=entry, _new_parent=parent, _eat_self=skip, **option)
    _check_arguments(original, child, skip, False)
    return child


def _check_arguments(spec, mock, eat_self, instance):
    """Calls of the mock with arguments that do not fit are errors."""
    found = signatures.of(spec, instance, eat_self)
    if found is None:
        return
    signature = found[1]

    def check(self, /, *args, **kwargs):
        signature.bind(*args, **kwargs)

    type(mock)._mock_check_sig = check
    type(mock).__signature__ = signature


def _function_for(mock, spec, is_async):
    """A function that calls a mock, with the name and the parameters of another one."""
    found = signatures.of(spec, False, False)
    if found is None:
        return mock
    signature = found[1]
    if is_async:

        async def function(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return await mock(*args, **kwargs)

    else:

        def function(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return mock(*args, **kwargs)

    name = getattr(spec, "__name__", "")
    function.__name__ = function.__qualname__ = name if name.isidentifier() else "funcopy"
    _set_up(function, mock, signature, is_async)
    return function


def _set_up(function, mock, signature, is_async):
    function.mock = mock
    function.called, function.call_count, function.call_args = False, 0, None
    function.call_args_list, function.method_calls, function.mock_calls = CallList(), CallList(), CallList()
    function.return_value = mock.return_value
    function.side_effect = mock.side_effect
    function._mock_children = mock._mock_children
    for name in _FORWARDED + (_AWAITED if is_async else []):
        setattr(function, name, functools.partial(getattr(mock, name)))
    if is_async:
        function.await_count, function.await_args, function.await_args_list = 0, None, CallList()
        function._is_coroutine_mark = inspect._mark

    def reset_mock():
        function.method_calls, function.mock_calls = CallList(), CallList()
        mock.reset_mock()
        value = function.return_value
        if isinstance(value, NonCallableMock) and value is not mock:
            value.reset_mock()

    function.reset_mock = reset_mock
    function.__signature__ = signature
    mock.__dict__["_mock_delegate"] = function


create_autospec.__module__ = "unittest.mock"
