"""Putting other objects into the place of attributes for a while."""

import builtins
import contextlib
import functools
import importlib
import inspect
import sys
import types
from unittest.mock import signatures
from unittest.mock.asynchronous import AsyncMock
from unittest.mock.base import Base, NonCallableMock
from unittest.mock.magic import MagicMock, NonCallableMagicMock
from unittest.mock.spec import check_spelling, create_autospec
from unittest.mock.values import DEFAULT, InvalidSpecError, is_callable

# Patches that were started and not stopped, the last started at the end.
_active = []


class _Startable:
    """What a patch can be besides a context manager: started and stopped, and put around the tests of a class."""

    def decorate_class(self, klass):
        """Patches around each test of a class."""
        for name in dir(klass):
            if not name.startswith(patch.TEST_PREFIX):
                continue
            method = getattr(klass, name)
            if hasattr(method, "__call__"):
                setattr(klass, name, self.copy()(method))
        return klass

    def start(self):
        """Changes what is to be changed until `stop()`."""
        result = self.__enter__()
        _active.append(self)
        return result

    def stop(self):
        """Puts back what was there before."""
        if self not in _active:
            return None
        _active.remove(self)
        return self.__exit__(None, None, None)


class _Patch(_Startable):
    """One attribute that is replaced: a context manager and a decorator."""

    attribute_name = None

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, *, unsafe=False):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        if not unsafe:
            check_spelling(kwargs)
        if isinstance(spec, Base):
            raise InvalidSpecError(f"Cannot spec attr {attribute!r} as the spec has already been mocked out. [spec={spec!r}]")
        if isinstance(spec_set, Base):
            raise InvalidSpecError(
                f"Cannot spec attr {attribute!r} as the spec_set target has already been mocked out. [spec_set={spec_set!r}]"
            )
        self.getter, self.attribute, self.new, self.new_callable = getter, attribute, new, new_callable
        self.spec, self.create, self.spec_set, self.autospec = spec, create, spec_set, autospec
        self.has_local, self.kwargs, self.additional_patchers = False, kwargs, []
        self.is_started = False

    def copy(self):
        """Another one that does the same."""
        other = _Patch(
            self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
            self.new_callable, self.kwargs,
        )
        other.attribute_name = self.attribute_name
        other.additional_patchers = [one.copy() for one in self.additional_patchers]
        return other

    # As a decorator.

    def __call__(self, func):
        if isinstance(func, type):
            return self.decorate_class(func)
        if inspect.iscoroutinefunction(func):
            return self._decorated(func, True)
        return self._decorated(func, False)

    def _decorated(self, func, asynchronous):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func
        if asynchronous:

            @functools.wraps(func)
            async def patched(*args, **keywargs):
                with _all_patched(patched, args, keywargs) as (newargs, newkeywargs):
                    return await func(*newargs, **newkeywargs)

        else:

            @functools.wraps(func)
            def patched(*args, **keywargs):
                with _all_patched(patched, args, keywargs) as (newargs, newkeywargs):
                    return func(*newargs, **newkeywargs)

        patched.patchings = [self]
        return patched

    # As a context manager.

    def _original(self):
        """What is replaced, and whether the object has it itself."""
        target, name = self.target, self.attribute
        original, local = DEFAULT, False
        try:
            original = target.__dict__[name]
            local = True
        except (AttributeError, KeyError):
            original = getattr(target, name, DEFAULT)
        if name in _BUILT_IN and isinstance(target, types.ModuleType):
            self.create = True
        if not self.create and original is DEFAULT:
            raise AttributeError(f"{target} does not have the attribute {name!r}")
        return original, local

    def __enter__(self):
        if self.is_started:
            raise RuntimeError("Patch is already started")
        self.target = self.getter()
        new, spec, spec_set, autospec = self.new, self.spec, self.spec_set, self.autospec
        kwargs = self.kwargs
        spec = None if spec is False else spec
        spec_set = None if spec_set is False else spec_set
        autospec = None if autospec is False else autospec
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if (spec is not None or autospec is not None) and spec_set not in (True, None):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        original, local = self._original()
        if new is DEFAULT and autospec is None:
            new = self._mock_for(original, spec, spec_set)
        elif autospec is not None:
            new = self._autospec_for(original, spec_set, autospec)
        elif kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")
        self.temp_original, self.is_local, self.is_started = original, local, True
        self._exits = contextlib.ExitStack()
        try:
            setattr(self.target, self.attribute, new)
            if self.attribute_name is None:
                return new
            extra = {} if self.new is not DEFAULT else {self.attribute_name: new}
            for patching in self.additional_patchers:
                found = self._exits.enter_context(patching)
                if patching.new is DEFAULT:
                    extra.update(found)
            return extra
        except BaseException:
            if not self.__exit__(*sys.exc_info()):
                raise

    def _mock_for(self, original, spec, spec_set):
        if spec is True:
            spec = original
            if spec_set is True:
                spec_set, spec = original, None
        elif spec is None and spec_set is True:
            spec_set = original
        of = spec if spec is not None else spec_set
        if of is not None and original is DEFAULT:
            raise TypeError("Can't use 'spec' with create=True")
        inherit = isinstance(of, type)
        if self.new_callable is not None:
            cls = self.new_callable
        elif of is None and signatures.is_async(original):
            cls = AsyncMock
        elif of is not None:
            if signatures.is_async(of):
                cls = AsyncMock
            else:
                can_be_called = "__call__" in of if type(of) in (list, tuple) else is_callable(of)
                cls = MagicMock if can_be_called else NonCallableMagicMock
        else:
            cls = MagicMock
        options = {}
        if spec is not None:
            options["spec"] = spec
        if spec_set is not None:
            options["spec_set"] = spec_set
        if isinstance(cls, type) and issubclass(cls, NonCallableMock) and self.attribute:
            options["name"] = self.attribute
        options.update(self.kwargs)
        new = cls(**options)
        if inherit and isinstance(new, NonCallableMock):
            options.pop("name", None)
            instance = NonCallableMagicMock if not _instances_callable(of) else cls
            new.return_value = instance(_new_parent=new, _new_name="()", **options)
        return new

    def _autospec_for(self, original, spec_set, autospec):
        if self.new is not DEFAULT:
            raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
        if original is DEFAULT:
            raise TypeError("Can't use 'autospec' with create=True")
        if autospec is True:
            autospec = original
        if isinstance(self.target, Base):
            name = self.target
            raise InvalidSpecError(
                f"Cannot autospec attr {self.attribute!r} as the patch target has already been mocked out. "
                f"[target={name!r}, attr={autospec!r}]"
            )
        if isinstance(autospec, Base):
            raise InvalidSpecError(
                f"Cannot autospec attr {self.attribute!r} from target {getattr(self.target, '__name__', self.target)!r} "
                f"as it has already been mocked out. [target={self.target!r}, attr={autospec!r}]"
            )
        return create_autospec(autospec, spec_set=bool(spec_set), _name=self.attribute, **self.kwargs)

    def __exit__(self, *exc_info):
        if not self.is_started:
            return None
        if self.is_local and self.temp_original is not DEFAULT:
            setattr(self.target, self.attribute, self.temp_original)
        else:
            delattr(self.target, self.attribute)
            inherited = self.temp_original is not DEFAULT and not hasattr(self.target, self.attribute)
            if not self.create and (inherited or self.attribute in _KEPT):
                setattr(self.target, self.attribute, self.temp_original)
        del self.temp_original, self.is_local, self.target
        exits, self._exits = self._exits, None
        self.is_started = False
        return exits.__exit__(*exc_info)


_BUILT_IN = frozenset(name for name in dir(builtins) if not name.startswith("_")) | {"open", "input", "breakpoint"}
# Attributes that a function has even after they were deleted.
_KEPT = ("__doc__", "__module__", "__defaults__", "__annotations__", "__kwdefaults__")
_Patch.__name__ = _Patch.__qualname__ = "_patch"


def _instances_callable(cls):
    if isinstance(cls, list):
        return "__call__" in cls
    return not isinstance(cls, type) or any("__call__" in base.__dict__ for base in cls.__mro__)


@contextlib.contextmanager
def _all_patched(patched, args, keywargs):
    extra = []
    with contextlib.ExitStack() as stack:
        for patching in patched.patchings:
            found = stack.enter_context(patching)
            if patching.attribute_name is not None:
                keywargs.update(found)
            elif patching.new is DEFAULT:
                extra.append(found)
        yield args + tuple(extra), keywargs


def _resolved(path):
    """The object that a dotted path names; what is no attribute is imported."""
    first, *rest = path.split(".")
    found, module = importlib.import_module(first), first
    for part in rest:
        module += f".{part}"
        try:
            found = getattr(found, part)
        except AttributeError:
            found = importlib.import_module(module)
    return found


def _target(path):
    try:
        owner, attribute = path.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {path!r}") from None
    return functools.partial(_resolved, owner), attribute


def patch(
    target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False,
    **kwargs,
):
    """Replaces what a dotted path names."""
    getter, attribute = _target(target)
    return _Patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe)


def _patch_object(
    target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *,
    unsafe=False, **kwargs,
):
    """Replaces an attribute of an object."""
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _Patch(
        lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe
    )


def _patch_multiple(
    target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs
):
    """Replaces several attributes of an object, or of what a dotted path names."""
    getter = functools.partial(_resolved, target) if type(target) is str else lambda: target
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    patchers = []
    for attribute, new in kwargs.items():
        one = _Patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        one.attribute_name = attribute
        patchers.append(one)
    patchers[0].additional_patchers = patchers[1:]
    return patchers[0]


class _PatchDict(_Startable):
    """Changes a dict, and puts back what was in it."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict, self.values, self.clear = in_dict, {**dict(values), **kwargs}, clear
        self._original = None

    def copy(self):
        """Another one that does the same."""
        return _PatchDict(self.in_dict, self.values, self.clear)

    def __call__(self, f):
        if isinstance(f, type):
            return self.decorate_class(f)
        if inspect.iscoroutinefunction(f):

            @functools.wraps(f)
            async def inner(*args, **kwargs):
                with self:
                    return await f(*args, **kwargs)

        else:

            @functools.wraps(f)
            def inner(*args, **kwargs):
                with self:
                    return f(*args, **kwargs)

        return inner

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _resolved(self.in_dict)
        self._original = _copied(self.in_dict)
        if self.clear:
            _cleared(self.in_dict)
        _updated(self.in_dict, self.values)
        return self.in_dict

    def __exit__(self, *args):
        if self._original is not None:
            _cleared(self.in_dict)
            _updated(self.in_dict, self._original)
            self._original = None
        return False


_PatchDict.__name__ = _PatchDict.__qualname__ = "_patch_dict"


def _copied(mapping):
    try:
        return mapping.copy()
    except AttributeError:
        return {key: mapping[key] for key in mapping}


def _updated(mapping, values):
    try:
        mapping.update(values)
    except AttributeError:
        for key in values:
            mapping[key] = values[key]


def _cleared(mapping):
    try:
        mapping.clear()
    except AttributeError:
        for key in list(mapping):
            del mapping[key]


def _stop_all():
    """Stops everything that was started."""
    for one in reversed(_active[:]):
        one.stop()


patch.object, patch.dict, patch.multiple, patch.stopall = _patch_object, _PatchDict, _patch_multiple, _stop_all
patch.TEST_PREFIX = "test"

for _named in (patch, _Patch, _PatchDict, _patch_object, _patch_multiple, _stop_all):
    _named.__module__ = "unittest.mock"
