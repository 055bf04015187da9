"""Mocks: objects that have every attribute that is asked for, and record how they are called."""

import inspect
from unittest.mock import names, signatures
from unittest.mock.asserting import Asserting
from unittest.mock.calls import CallList, _Call
from unittest.mock.values import DEFAULT, DELETED, FILTER_DIR, InvalidSpecError, MISSING, is_callable, is_exception

# The classes that are built on this file; the package fills it.
kinds = {}

# What a mock has of its own, and what is kept for the object that stands before it, if one does.
_DELEGATED = ("called", "call_count", "call_args", "call_args_list", "mock_calls")
_AWAITED = ("await_count", "await_args", "await_args_list")
_OWN = frozenset(_DELEGATED + _AWAITED) | {"return_value", "side_effect", "__class__", "__dict__"}
_MISSPELT = ("assert", "assret", "asert", "aseert", "assrt")


class _Results:
    """An iterator of results that was made from a side effect."""

    def __init__(self, values):
        self._values = iter(values)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._values)


def _as_effect(value):
    if value is None or is_exception(value) or is_callable(value):
        return value
    try:
        return iter(value)
    except TypeError:
        return value


def delegated(name):
    """A property whose value is kept by the function that stands before the mock, if one does."""
    stored = "_mock_" + name

    def read(self):
        delegate = self._mock_delegate
        return self.__dict__[stored] if delegate is None else getattr(delegate, name)

    def write(self, value):
        delegate = self._mock_delegate
        if delegate is None:
            self.__dict__[stored] = value
        else:
            setattr(delegate, name, value)

    return property(read, write)


class Base:
    """Takes the arguments that the classes of users may leave over."""

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Asserting, Base):
    """A mock that cannot be called."""

    _special_members = frozenset()

    def __new__(
        cls, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="",
        _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs,
    ):
        # A class for each mock, since special methods are looked up in the class.
        bases = (cls,)
        spec = spec_set or spec
        mixin = kinds["AsyncMockMixin"]
        if not issubclass(cls, mixin) and spec is not None and signatures.is_async(spec):
            bases = (mixin, cls)
        members = {"__doc__": cls.__doc__, **cls._special_of(spec)}
        return object.__new__(type(cls)(cls.__name__, bases, members))

    @classmethod
    def _special_of(cls, spec):
        return {}

    def __init__(
        self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="",
        _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs,
    ):
        if _new_parent is None:
            _new_parent = parent
        if spec_set is not None:
            spec, spec_set = spec_set, True
        if _eat_self is None:
            _eat_self = parent is not None
        self.__dict__.update(
            _mock_parent=parent,
            _mock_name=name,
            _mock_new_name=_new_name,
            _mock_new_parent=_new_parent,
            _mock_sealed=False,
        )
        self._set_spec(spec, spec_set, _spec_as_instance, _eat_self)
        self.__dict__.update(
            _mock_children={},
            _mock_wraps=wraps,
            _mock_delegate=None,
            _mock_called=False,
            _mock_call_args=None,
            _mock_call_count=0,
            _mock_call_args_list=CallList(),
            _mock_mock_calls=CallList(),
            method_calls=CallList(),
            _mock_unsafe=unsafe,
        )
        if kwargs:
            self.configure_mock(**kwargs)
        self._init_rest(spec, wraps, name, spec_set, parent, _spec_state)

    def _init_rest(self, spec, wraps, name, spec_set, parent, state):
        super().__init__(spec, wraps, name, spec_set, parent, state)

    called = delegated("called")
    call_count = delegated("call_count")
    call_args = delegated("call_args")
    call_args_list = delegated("call_args_list")
    mock_calls = delegated("mock_calls")

    # What the mock stands for.

    def _set_spec(self, spec, spec_set, as_instance=False, eat_self=False):
        if isinstance(spec, Base):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        cls = signature = members = None
        asynchronous = []
        if spec is not None and type(spec) not in (list, tuple):
            cls = spec if isinstance(spec, type) else type(spec)
            found = signatures.of(spec, as_instance, eat_self)
            signature = found and found[1]
            members = _members(spec)
            asynchronous = [name for name in members if signatures.is_async(_without_running(spec, name))]
        elif spec is not None:
            members = spec
        self.__dict__.update(
            _spec_class=cls,
            _spec_set=spec_set,
            _spec_signature=signature,
            _mock_methods=members,
            _spec_asyncs=asynchronous,
        )

    def mock_add_spec(self, spec, spec_set=False):
        """From now on the mock stands for that object."""
        self._set_spec(spec, spec_set)

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    # What it returns and does.

    @property
    def return_value(self):
        value = self._mock_return_value if self._mock_delegate is None else self._mock_delegate.return_value
        if value is DEFAULT and self._mock_wraps is None:
            value = self._get_child_mock(_new_parent=self, _new_name="()")
            self.return_value = value
        return value

    @return_value.setter
    def return_value(self, value):
        if self._mock_delegate is not None:
            self._mock_delegate.return_value = value
        else:
            self.__dict__["_mock_return_value"] = value
            _adopt(self, value, None, "()")

    @property
    def side_effect(self):
        delegate = self._mock_delegate
        if delegate is None:
            return self._mock_side_effect
        effect = delegate.side_effect
        if effect is not None and not is_callable(effect) and not isinstance(effect, _Results):
            if not is_exception(effect):
                effect = delegate.side_effect = _Results(effect)
        return effect

    @side_effect.setter
    def side_effect(self, value):
        value = _as_effect(value)
        if self._mock_delegate is None:
            self.__dict__["_mock_side_effect"] = value
        else:
            self._mock_delegate.side_effect = value

    _mock_return_value = DEFAULT
    _mock_side_effect = None

    # Attributes.

    def __getattr__(self, name):
        if name in ("_mock_methods", "_mock_unsafe"):
            raise AttributeError(name)
        members = self._mock_methods
        if members is not None:
            if name not in members or name in names.ALL:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif names.is_special(name):
            raise AttributeError(name)
        if not self._mock_unsafe and (not members or name not in members):
            if name.startswith(_MISSPELT) or name in ASSERTED:
                raise AttributeError(
                    f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute."
                )
        child = self._mock_children.get(name)
        if child is DELETED:
            raise AttributeError(name)
        if child is None:
            wraps = None if self._mock_wraps is None else getattr(self._mock_wraps, name)
            child = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            self._mock_children[name] = child
        elif isinstance(child, LazySpec):
            child = self._mock_children[name] = child.create()
        return child

    def __setattr__(self, name, value):
        if name in _OWN and name != "__class__":
            object.__setattr__(self, name, value)
            return
        members = self._mock_methods
        if self._spec_set and members is not None and name not in members and name not in self.__dict__:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in names.UNSUPPORTED:
            raise AttributeError(f"Attempting to set unsupported magic method {name!r}.")
        if name == "__class__":
            self.__dict__["_spec_class"] = value
            return
        if name in names.ALL:
            value = self._set_special(name, value)
        elif name.startswith("_mock_") and name in self.__dict__:
            self.__dict__[name] = value
            return
        elif _adopt(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        if isinstance(value, PropertyMock):
            self.__dict__[name] = value
        else:
            object.__setattr__(self, name, value)

    def _set_special(self, name, value):
        """Puts a special method into the class; what stands in the object calls it."""
        if self._mock_methods is not None and name not in self._mock_methods:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if isinstance(value, NonCallableMock):
            _adopt(self, value, None, name)
            setattr(type(self), name, value)
            self._mock_children[name] = value
            return value

        def method(self, /, *args, **kwargs):
            return value(self, *args, **kwargs)

        method.__name__ = name
        setattr(type(self), name, method)
        return lambda *args, **kwargs: value(self, *args, **kwargs)

    def __delattr__(self, name):
        if name in names.ALL and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return
        child = self._mock_children.get(name, MISSING)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif child is DELETED:
            raise AttributeError(name)
        if child is not MISSING:
            del self._mock_children[name]
        self._mock_children[name] = DELETED

    def __dir__(self):
        if not FILTER_DIR:
            return object.__dir__(self)
        found = self._mock_methods or []
        own = [name for name in dir(type(self)) if not name.startswith("_") or names.is_special(name)]
        own = [name for name in own if not names.is_special(name) or name not in _OBJECT or name in type(self).__dict__]
        children = [name for name, child in self._mock_children.items() if child is not DELETED]
        here = [name for name in self.__dict__ if not name.startswith("_")]
        return sorted({*found, *own, *here, *children})

    def attach_mock(self, mock, attribute):
        """Makes a mock an attribute of this one, and what is called in it is recorded here."""
        inner = _mock_of(mock)
        for name, value in (("_mock_parent", None), ("_mock_new_parent", None), ("_mock_name", ""), ("_mock_new_name", None)):
            inner.__dict__[name] = value
        setattr(self, attribute, mock)

    def configure_mock(self, /, **kwargs):
        """Sets attributes, also of attributes: `{"method.return_value": 3}`."""
        for path, value in sorted(kwargs.items(), key=lambda entry: entry[0].count(".")):
            *way, last = path.split(".")
            target = self
            for name in way:
                target = getattr(target, name)
            setattr(target, last, value)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forgets all calls."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called, self.call_args, self.call_count = False, None, 0
        self.mock_calls, self.call_args_list = CallList(), CallList()
        self.__dict__["method_calls"] = CallList()
        if return_value:
            self.__dict__["_mock_return_value"] = DEFAULT
        if side_effect:
            self.__dict__["_mock_side_effect"] = None
        for child in self._mock_children.values():
            if not isinstance(child, LazySpec) and child is not DELETED:
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        value = self._mock_return_value
        if isinstance(value, NonCallableMock) and value is not self:
            value.reset_mock(visited)

    # Children and names.

    def _get_child_mock(self, /, **kw):
        """A mock for an attribute or a result: of the same kind, or of the kind that the specification asks for."""
        if self._mock_sealed:
            attribute = f".{kw['name']}" if "name" in kw else "()"
            raise AttributeError(self._extract_mock_name() + attribute)
        return self._child_class(kw.get("_new_name"))(**kw)

    def _child_class(self, name):
        cls = type(self)
        if name in self._spec_asyncs:
            return kinds["AsyncMock"]
        if issubclass(cls, kinds["MagicMock"]) and name in names.USUAL_ASYNC:
            return kinds["AsyncMock"]
        if issubclass(cls, kinds["AsyncMockMixin"]):
            synchronous = name in names.SYNCHRONOUS or self._mock_methods and name in self._mock_methods
            return kinds["MagicMock" if synchronous else "AsyncMock"]
        if not issubclass(cls, CallableMixin):
            return kinds["MagicMock" if issubclass(cls, kinds["NonCallableMagicMock"]) else "Mock"]
        return cls.__mro__[1]

    def _extract_mock_name(self):
        """How the mock is reached from the first one: `mock.method().attribute`."""
        way, mock = [], self
        while mock._mock_new_parent is not None:
            way.append(mock._mock_new_name)
            mock = mock._mock_new_parent
        text = mock._mock_name or "mock"
        for name in reversed(way):
            text += name if name == "()" else f".{name}"
        return text

    def __repr__(self):
        name = self._extract_mock_name()
        text = "" if name in ("mock", "mock.") else f" name={name!r}"
        if self._spec_class is not None:
            text += f" {'spec_set' if self._spec_set else 'spec'}={self._spec_class.__name__!r}"
        return f"<{type(self).__name__}{text} id='{id(self)}'>"


_OBJECT = frozenset(dir(object))

# What would be assertions if `assert_` stood before it.
ASSERTED = frozenset(
    name.removeprefix("assert_") for name in dir(Asserting) if name.startswith("assert_")
)


class LazySpec:
    """A child that is made when it is asked for, after the attribute of a specification."""

    def __init__(self, spec, spec_set=None, parent=None, name=None, instance=False):
        self.spec, self.spec_set, self.parent, self.name, self.instance = spec, spec_set, parent, name, instance

    def create(self):
        """The child."""
        make = kinds["create_autospec"]
        return make(self.spec, self.spec_set, self.instance, self.parent, self.name)


def _members(spec):
    members = list(dir(spec))
    fields = getattr(spec if isinstance(spec, type) else type(spec), "__dataclass_fields__", None)
    if fields is not None:
        members += [name for name in fields if name not in members]
    return members


def _without_running(spec, name):
    """An attribute of a specification, without calling properties."""
    found = inspect.getattr_static(spec, name, None)
    if isinstance(found, (staticmethod, classmethod)):
        return found.__func__
    return None if isinstance(found, property) else found


def _mock_of(value):
    """A mock, or the one behind a function that was made after a specification."""
    if isinstance(value, NonCallableMock):
        return value
    inner = getattr(value, "__dict__", {}).get("mock") if inspect.isfunction(value) else None
    return inner if isinstance(inner, NonCallableMock) else value


def _adopt(parent, value, name, new_name):
    """Makes a mock the child of another one, unless it has a name or a place already."""
    value = _mock_of(value)
    if not isinstance(value, NonCallableMock):
        return False
    state = value.__dict__
    if any(state[key] for key in ("_mock_name", "_mock_new_name")):
        return False
    if state["_mock_parent"] is not None or state["_mock_new_parent"] is not None:
        return False
    above = parent
    while above is not None:
        if above is value:
            return False
        above = above._mock_new_parent
    if new_name:
        state["_mock_new_parent"], state["_mock_new_name"] = parent, new_name
    if name:
        state["_mock_parent"], state["_mock_name"] = parent, name
    return True


class CallableMixin(Base):
    """What mocks do that can be called."""

    def __init__(
        self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None, parent=None,
        _spec_state=None, _new_name="", _new_parent=None, **kwargs,
    ):
        self.__dict__["_mock_return_value"] = return_value
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        """Raises an error for wrong arguments, where they are known."""

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        """Records a call here and in all mocks above."""
        self.called = True
        self.call_count += 1
        record = _Call((args, kwargs), two=True)
        self.call_args = record
        self.call_args_list.append(record)
        self.mock_calls.append(_Call(("", args, kwargs)))
        as_method = self._mock_parent is not None
        method_name, name = self._mock_name, self._mock_new_name
        above = self._mock_new_parent
        while above is not None:
            if as_method:
                above.method_calls.append(_Call((method_name, args, kwargs)))
                as_method = above._mock_parent is not None
                if as_method:
                    method_name = f"{above._mock_name}.{method_name}"
            above.mock_calls.append(_Call((name, args, kwargs)))
            if above._mock_new_name:
                name = above._mock_new_name + (name if name.startswith("()") else f".{name}")
            above = above._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        """What the mock is to do, or to return."""
        effect = self.side_effect
        if effect is not None:
            if is_exception(effect):
                raise effect
            if is_callable(effect):
                result = effect(*args, **kwargs)
            else:
                result = next(effect)
                if is_exception(result):
                    raise result
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        delegate = self._mock_delegate
        if delegate is not None and delegate.return_value is not DEFAULT:
            return delegate.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """A mock that can be called; what it returns is a mock too, unless something else is asked for."""


class PropertyMock(Mock):
    """A mock that stands in a class in the place of a property."""

    def _get_child_mock(self, /, **kwargs):
        return kinds["MagicMock"](**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


def seal(mock):
    """From now on no attributes are made."""
    mock.__dict__["_mock_sealed"] = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if isinstance(child, NonCallableMock) and not isinstance(child._mock_children.get(name), LazySpec):
            if child._mock_new_parent is mock:
                seal(child)


for _class in (Base, NonCallableMock, CallableMixin, Mock, PropertyMock, seal):
    _class.__module__ = "unittest.mock"
