"""The metaclass of enumerations: how a class body becomes members."""

from types import DynamicClassAttribute, MappingProxyType

_builtin_property = property
_null = object()
# Set once the classes exist; the metaclass has to tell their first making from later ones.
_bases = {}


class nonmember:
    """Protects an item of an enumeration from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes an item of an enumeration a member even if it is a function or a class."""

    def __init__(self, value):
        self.value = value


class auto:
    """A value that the enumeration chooses itself."""

    def __init__(self, value=_null):
        self.value = value

    def __repr__(self):
        value = "_auto_null" if self.value is _null else repr(self.value)
        return f"auto({value})"


class property(DynamicClassAttribute):
    """A property of members whose name can also be the name of a member."""

    member = None

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            if self.fget is not None:
                return self.fget(instance)
            if self.member is not None:
                return self.member
            return instance.__dict__[self.name]
        if self.member is not None:
            return self.member
        raise AttributeError(f"{ownerclass!r} has no attribute {self.name!r}")

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(
                f"<enum {self.clsname!r}> cannot set attribute {self.name!r}"
            )
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(
                f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}"
            )
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


property.__module__ = auto.__module__ = member.__module__ = nonmember.__module__ = "enum"


def _is_descriptor(value):
    cls = type(value)
    return not isinstance(value, nonmember | member) and (
        hasattr(cls, "__get__") or hasattr(cls, "__set__") or hasattr(cls, "__delete__")
    )


def _is_dunder(name):
    return (
        len(name) > 4
        and name[:2] == name[-2:] == "__"
        and name[2] != "_"
        and name[-3] != "_"
    )


def _is_sunder(name):
    return (
        len(name) > 2
        and name[0] == name[-1] == "_"
        and name[1] != "_"
        and name[-2] != "_"
    )


def _is_private(cls_name, name):
    prefix = f"_{cls_name}__"
    return (
        len(name) > len(prefix)
        and name.startswith(prefix)
        and (name[-1] != "_" or name[-2] != "_")
    )


class EnumDict(dict):
    """The namespace of an enumeration's body: tells members from everything else."""

    _HOOKS = (
        "_order_",
        "_generate_next_value_",
        "_numeric_repr_",
        "_missing_",
        "_ignore_",
        "_iter_member_",
        "_iter_member_by_value_",
        "_iter_member_by_def_",
        "_add_alias_",
        "_add_value_alias_",
        "_use_args_",
        "_member_names_",
    )

    def __init__(self, cls_name=None):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._cls_name = cls_name
        self._generate_next_value = None

    @_builtin_property
    def member_names(self):
        return list(self._member_names)

    def __setitem__(self, key, value):
        if self._cls_name is not None and _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            value = self._hook(key, value)
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif _is_descriptor(value) or self._is_nested_class(value):
            pass
        else:
            if key in self:
                raise TypeError(f"{key!r} already defined as {self[key]!r}")
            value = self._chosen(key, value.value if isinstance(value, member) else value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _is_nested_class(self, value):
        if self._cls_name is None or not isinstance(value, type):
            return False
        qualname = getattr(value, "__qualname__", "")
        return qualname.endswith(f"{self._cls_name}.{value.__name__}")

    def _hook(self, key, value):
        if key not in self._HOOKS:
            raise ValueError(
                f"_sunder_ names, such as {key!r}, are reserved for future Enum use"
            )
        if key == "_generate_next_value_":
            if self._auto_called:
                raise TypeError(
                    "_generate_next_value_ must be defined before members"
                )
            if not isinstance(value, staticmethod):
                value = staticmethod(value)
            self._generate_next_value = value.__func__
        elif key == "_ignore_":
            names = value.replace(",", " ").split() if isinstance(value, str) else value
            self._ignore = value = list(names)
            already = set(value) & set(self._member_names)
            if already:
                raise ValueError(
                    f"_ignore_ cannot specify already set names: {already!r}"
                )
        return value

    def _chosen(self, key, value):
        """The value with auto() replaced, also inside a tuple."""
        if isinstance(value, auto):
            return self._next_value(key, value)
        if type(value) is tuple and any(isinstance(part, auto) for part in value):
            parts = [
                self._next_value(key, part) if isinstance(part, auto) else part
                for part in value
            ]
            return tuple(parts)
        return value

    def _next_value(self, key, choice):
        if choice.value is _null:
            choice.value = self._generate_next_value(
                key, 1, len(self._member_names), self._last_values[:]
            )
            self._auto_called = True
        return choice.value

    def update(self, members, **more_members):
        """Sets the items of a mapping or of pairs as assignments would."""
        pairs = members.items() if hasattr(members, "keys") else members
        for name, value in pairs:
            self[name] = value
        for name, value in more_members.items():
            self[name] = value


EnumDict.__module__ = "enum"


class _Draft:
    """Stands in the namespace for a member until the class exists."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, name):
        delattr(enum_class, name)
        made = self._make(enum_class, name)
        if _bases.get("Flag") and issubclass(enum_class, _bases["Flag"]):
            from enum.flags import note_flag

            known = note_flag(enum_class, made)
        else:
            known = _same_value(enum_class, made._value_)
            if known is None:
                enum_class._member_names_.append(name)
        enum_class._add_member_(name, made if known is None else known)
        if known is None:
            try:
                enum_class._value2member_map_.setdefault(made._value_, made)
            except TypeError:
                enum_class._unhashable_values_.append(made._value_)

    def _make(self, enum_class, name):
        value = self.value
        args = value if isinstance(value, tuple) else (value,)
        kind = enum_class._member_type_
        if kind is tuple:
            args = (args,)
        if enum_class._use_args_:
            made = enum_class._new_member_(enum_class, *args)
        else:
            made = enum_class._new_member_(enum_class)
        if not hasattr(made, "_value_"):
            if kind is object:
                made._value_ = value
            else:
                try:
                    made._value_ = kind(*args)
                except Exception as error:
                    raise TypeError(
                        "_value_ not set in __new__, unable to create it"
                    ) from error
        made._name_ = name
        made.__objclass__ = enum_class
        made.__init__(*args)
        made._sort_order_ = len(enum_class._member_names_)
        return made


def _same_value(enum_class, value):
    """The member that has the value already, or None."""
    try:
        return enum_class._value2member_map_.get(value)
    except TypeError:
        for found in enum_class._member_map_.values():
            if found._value_ == value:
                return found
        return None


def look_up(cls, value):
    """The member with a value: what calling an enumeration does."""
    if type(value) is cls:
        return value
    try:
        return cls._value2member_map_[value]
    except KeyError:
        pass
    except TypeError:
        for found in cls._member_map_.values():
            if found._value_ == value:
                return found
    if not cls._member_map_:
        raise TypeError(f"{cls!r} has no members defined")
    trouble = None
    try:
        result = cls._missing_(value)
    except Exception as error:
        trouble, result = error, None
    flag = _bases.get("Flag")
    if isinstance(result, cls) or (
        flag and issubclass(cls, flag) and cls._boundary_ == "eject" and isinstance(result, int)
    ):
        return result
    invalid = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
    try:
        if trouble is None and result is None:
            raise invalid
        if trouble is None:
            trouble = TypeError(
                f"error in {cls.__name__}._missing_: returned {result!r} "
                "instead of None or a valid member"
            )
        if not isinstance(trouble, ValueError):
            trouble.__context__ = invalid
        raise trouble
    finally:
        invalid = trouble = None


def _data_type(cls_name, bases):
    """The built-in type that is mixed in, or None."""
    found = {}
    for chain in bases:
        candidate = None
        for base in chain.__mro__:
            if base is object:
                continue
            if isinstance(base, EnumType):
                if base._member_type_ is not object:
                    found[base._member_type_] = None
                    break
            elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                found[candidate or base] = None
                break
            else:
                candidate = candidate or base
    if len(found) > 1:
        raise TypeError(f"too many data types for {cls_name!r}: {set(found)!r}")
    return next(iter(found), None)


def _data_repr(bases):
    for chain in bases:
        for base in chain.__mro__:
            if base is object:
                continue
            if isinstance(base, EnumType):
                return base._value_repr_
            if "__repr__" in base.__dict__:
                return base.__dict__["__repr__"]
    return None


def _mixins(cls_name, bases):
    """The mixed-in data type and the enumeration that is derived from."""
    if not bases:
        return object, _bases.get("Enum")
    last = bases[-1]
    if not isinstance(last, EnumType):
        raise TypeError(
            "new enumerations should be created as "
            "`EnumName([mixin_type, ...] [data_type,] enum_type)`"
        )
    return _data_type(cls_name, bases) or object, last


def _maker(namespace, member_type, first_enum):
    """How members are made: (function, was it given, does it take the value)."""
    new = namespace.get("__new__")
    given = first_enum is not None and new is not None
    if new is None:
        new = _inherited_maker(member_type, first_enum)
    takes_value = first_enum is not None and new is not object.__new__
    return new, given, takes_value


def _inherited_maker(member_type, first_enum):
    enum = _bases.get("Enum")
    plain = (None, object.__new__, enum and enum.__new__)
    for source in ("__new_member__", "__new__"):
        for owner in (member_type, first_enum):
            found = getattr(owner, source, None)
            if found not in plain:
                return found
    return object.__new__


class EnumType(type):
    """Metaclass for Enum."""

    __module__ = "enum"

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        for base in bases:
            _refuse_extension(cls, base)
        namespace = EnumDict(cls)
        _, first_enum = _mixins(cls, bases)
        if first_enum is not None:
            namespace["_generate_next_value_"] = getattr(
                first_enum, "_generate_next_value_", None
            )
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        names = list(classdict._member_names)
        if "mro" in names:
            raise ValueError("invalid enum member name(s) 'mro'")
        for key in classdict._ignore:
            classdict.pop(key, None)
        classdict.pop("_ignore_", None)
        order = classdict.pop("_order_", None)
        namespace = dict(classdict.items())
        member_type, first_enum = _mixins(cls, bases)
        new, given, takes_value = _maker(namespace, member_type, first_enum)
        for name in names:
            namespace[name] = _Draft(namespace[name])
        namespace.update(
            _new_member_=new,
            _use_args_=takes_value,
            _member_names_=[],
            _member_map_={},
            _value2member_map_={},
            _hashable_values_=[],
            _unhashable_values_=[],
            _unhashable_values_map_={},
            _member_type_=member_type,
            _value_repr_=_data_repr(bases),
        )
        if _bases.get("Flag") or cls == "Flag":
            from enum.flags import prepare_flag

            prepare_flag(namespace, boundary, first_enum)
        made = super().__new__(metacls, cls, bases, namespace, **kwds)
        _settle_methods(made, namespace, bases, member_type, first_enum)
        if _bases.get("Enum") is not None and given:
            made.__new_member__ = made.__new__
        if _bases.get("Enum") is not None:
            made.__new__ = _bases["Enum"].__new__
        else:
            _bases["Enum"] = made
        if cls == "Flag" and _bases.get("Flag") is None and member_type is object:
            _bases["Flag"] = made
        if _bases.get("Flag") and issubclass(made, _bases["Flag"]):
            from enum.flags import settle_flag

            settle_flag(made, namespace)
        if order is not None:
            _check_order(made, order)
        return made

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    def __call__(
        cls,
        value,
        names=_null,
        *values,
        module=None,
        qualname=None,
        type=None,
        start=1,
        boundary=None,
    ):
        """A member by its value, or a new enumeration."""
        if cls._member_map_:
            if names is not _null:
                value = (value, names) + values
            return cls.__new__(cls, value)
        if names is _null and type is None:
            return cls.__new__(cls, value)
        if names is _null:
            names = ()
        return cls._create_(
            value,
            names,
            module=module,
            qualname=qualname,
            type=type,
            start=start,
            boundary=boundary,
        )

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        flag = _bases.get("Flag")
        if flag and issubclass(cls, flag):
            try:
                return isinstance(cls._missing_(value), cls)
            except ValueError:
                return False
        try:
            return value in cls._value2member_map_
        except TypeError:
            return value in cls._unhashable_values_

    def __delattr__(cls, attr):
        if attr in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __dir__(cls):
        if cls._member_type_ is object:
            names = {
                "__class__",
                "__contains__",
                "__doc__",
                "__getitem__",
                "__iter__",
                "__len__",
                "__members__",
                "__module__",
                "__name__",
                "__qualname__",
            }
            names.update(cls._member_names_)
            if cls._new_member_ is not object.__new__:
                names.add("__new__")
            if cls.__init_subclass__ is not object.__init_subclass__:
                names.add("__init_subclass__")
            return sorted(names)
        return sorted(set(dir(cls._member_type_)).union(cls._member_names_))

    def __getitem__(cls, name):
        """The member with a name."""
        return cls._member_map_[name]

    def __iter__(cls):
        """The members in the order of their definition."""
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_builtin_property
    def __members__(cls):
        """All members by name, aliases included."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        flag = _bases.get("Flag")
        kind = "flag" if flag and issubclass(cls, flag) else "enum"
        return f"<{kind} {cls.__name__!r}>"

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def _create_(
        cls,
        class_name,
        names,
        *,
        module=None,
        qualname=None,
        type=None,
        start=1,
        boundary=None,
    ):
        """A new enumeration from a name and a list of names."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        namespace = metacls.__prepare__(class_name, bases)
        for name, value in _listed_members(names, start, namespace):
            namespace[name] = value
        if module is None:
            import sys

            module = sys._getframe(2).f_globals.get("__name__")
        namespace["__module__"] = module
        if qualname is not None:
            namespace["__qualname__"] = qualname
        return metacls.__new__(
            metacls, class_name, bases, namespace, boundary=boundary
        )

    def _add_member_(cls, name, made):
        """Makes a member an attribute of the class, beside properties of the same name."""
        if name in cls._member_map_:
            if cls._member_map_[name] is not made:
                raise NameError(f"{name!r} is already bound: {cls._member_map_[name]!r}")
            return
        descriptor = None
        for base in cls.__mro__[1:]:
            found = base.__dict__.get(name)
            if isinstance(found, property | DynamicClassAttribute):
                descriptor = found
                break
        if descriptor is None:
            super().__setattr__(name, made)
        else:
            redirect = property()
            redirect.member = made
            redirect.__set_name__(cls, name)
            redirect.fget = getattr(descriptor, "fget", None)
            redirect.fset = getattr(descriptor, "fset", None)
            redirect.fdel = getattr(descriptor, "fdel", None)
            super().__setattr__(name, redirect)
        cls._member_map_[name] = made


EnumMeta = EnumType


def _refuse_extension(cls, base):
    if isinstance(base, EnumType) and base._member_names_:
        raise TypeError(f"<enum {cls!r}> cannot extend {base!r}")


def _listed_members(names, start, namespace):
    """The (name, value) pairs of what the functional form was given."""
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if not (isinstance(names, (tuple, list)) and names and isinstance(names[0], str)):
        for item in names:
            yield (item, names[item]) if isinstance(item, str) else item
        return
    last = []
    for count, name in enumerate(names):
        value = namespace._generate_next_value(name, start, count, last[:])
        last.append(value)
        yield name, value


def _settle_methods(made, namespace, bases, member_type, first_enum):
    """Which of the special methods come from the enumeration, which from the mixed-in type."""
    enum = _bases.get("Enum")
    if enum is None:
        return
    if any(base.__name__ == "ReprEnum" and base.__module__ == "enum" for base in bases):
        if "__format__" not in namespace:
            made.__format__ = member_type.__format__
        if "__str__" not in namespace:
            shown = member_type.__str__
            made.__str__ = member_type.__repr__ if shown is object.__str__ else shown
    for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
        if name in namespace or name in made.__dict__:
            continue
        found = getattr(made, name)
        foreign = (getattr(member_type, name, None), getattr(object, name, None))
        if found in foreign:
            setattr(made, name, getattr(first_enum, name))


def _check_order(made, order):
    wanted = order.replace(",", " ").split() if isinstance(order, str) else list(order)
    flag = _bases.get("Flag")
    if flag and issubclass(made, flag):
        wanted = [
            name
            for name in wanted
            if name not in made._member_map_ or name in made._member_names_
        ]
    if wanted != made._member_names_:
        raise TypeError(
            "member order does not match _order_:\n"
            f"  {made._member_names_!r}\n  {wanted!r}"
        )
