//! `object`: what every object can do (`Objects/typeobject.c`: object_methods, object_getsets).

use super::Member;
use crate::vm::class::{self, Attributes, Layout};
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::{Exception, Payload};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Members of `object`.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new),
    Member::slot("__init__", "self, /, *args, **kwargs", init),
    Member::slot("__repr__", "self, /", default_repr),
    Member::slot("__str__", "self, /", |vm, args| {
        vm.repr(args[0]).map(|text| vm.str(text))
    }),
    Member::slot("__eq__", "self, value, /", |_, args| {
        Ok(if args[0].is(args[1]) {
            Value::Bool(true)
        } else {
            Value::NotImplemented
        })
    }),
    Member::slot("__ne__", "self, value, /", not_equal),
    Member::slot("__lt__", "self, value, /", |_, _| Ok(Value::NotImplemented)),
    Member::slot("__le__", "self, value, /", |_, _| Ok(Value::NotImplemented)),
    Member::slot("__gt__", "self, value, /", |_, _| Ok(Value::NotImplemented)),
    Member::slot("__ge__", "self, value, /", |_, _| Ok(Value::NotImplemented)),
    Member::slot("__hash__", "self, /", |_, args| {
        Ok(Value::Int(crate::vm::hash::identity(args[0]) >> 4))
    }),
    Member::slot("__getattribute__", "self, name, /", getattribute),
    Member::slot("__setattr__", "self, name, value, /", |vm, args| {
        let name = vm.attribute_name(args[1])?;
        vm.generic_set(args[0], name, args[2]).map(|()| Value::None)
    }),
    Member::slot("__delattr__", "self, name, /", |vm, args| {
        let name = vm.attribute_name(args[1])?;
        vm.generic_delete(args[0], name).map(|()| Value::None)
    }),
    Member::method("__format__", "self, format_spec, /", format_object),
    Member::method("__dir__", "self, /", |vm, args| {
        vm.helper("object_dir", &[args[0]])
    }),
    Member::method("__sizeof__", "self, /", |_, _| Ok(Value::Int(48))),
    Member::method("__reduce_ex__", "self, protocol, /", |vm, args| {
        vm.helper("object_reduce_ex", &[args[0], args[1]])
    }),
    Member::method("__reduce__", "self, /", |vm, args| {
        vm.helper("object_reduce", &[args[0]])
    }),
    Member::method("__getstate__", "self, /", |vm, args| {
        vm.helper("object_getstate", &[args[0]])
    }),
    Member::class_method("__init_subclass__", "cls, /, **kwargs", init_subclass),
    Member::class_method("__subclasshook__", "cls, subclass, /", |_, _| {
        Ok(Value::NotImplemented)
    }),
    Member::attribute("__class__", class_attribute),
    Member::getter("__doc__", |vm, args| {
        if let Some(own) = vm.own_attribute(args[0], names::DOC) {
            return Ok(own);
        }
        let class = vm.class_of(args[0]);
        Ok(vm
            .lookup(class, names::DOC)
            .filter(|doc| vm.as_str(*doc).is_some())
            .unwrap_or(Value::None))
    }),
];

/// `__dict__` of the classes whose instances have one.
pub const DICT: Member = Member::attribute("__dict__", dict_attribute);

/// The same, as a table of a built-in class.
pub static WITH_DICT: &[Member] = &[DICT];

/// `__weakref__`: the first weak reference to an object.
pub static WEAKREF: Member = Member::getter("__weakref__", |vm, args| {
    let known = { args[0].id() }.and_then(|id| vm.weakrefs.of(id).first().copied());
    Ok(known.map_or(Value::None, Value::from))
});

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(class) = args[0].id().filter(|&id| vm.class(id).is_some()) else {
        return vm.type_error("object.__new__(X): X is not a type object");
    };
    if has_more(args) {
        if !is_objects_own(vm, class, names::NEW) {
            return vm.type_error(
                "object.__new__() takes exactly one argument (the type to instantiate)",
            );
        }
        if is_objects_own(vm, class, names::INIT) {
            let name = vm.name_of_class(class).to_owned();
            return vm.type_error(format!("{name}() takes no arguments"));
        }
    }
    vm.new_instance(class)
}

/// `object.__init__`, which takes nothing unless `__new__` alone is overridden.
fn init(vm: &mut Vm, args: &Args) -> Outcome {
    let class = vm.class_of(args[0]);
    if !has_more(args) {
        return Ok(Value::None);
    }
    let name = match is_objects_own(vm, class, names::INIT) {
        false => "object",
        true if is_objects_own(vm, class, names::NEW) => vm.name_of_class(class),
        true => return Ok(Value::None),
    };
    let message =
        format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
    vm.type_error(message)
}

fn init_subclass(vm: &mut Vm, args: &Args) -> Outcome {
    if args.keywords.is_empty() {
        return Ok(Value::None);
    }
    let name = args[0].id().map_or("object", |id| vm.name_of_class(id));
    let message = format!("{name}.__init_subclass__() takes no keyword arguments");
    vm.type_error(message)
}

/// Were more arguments given than the first?
fn has_more(args: &Args) -> bool {
    !args.rest.is_empty() || !args.keywords.is_empty()
}

/// Does a class have a method as `object` defines it?
/// Keyword arguments of a built-in class are an error, unless they are meant for the other one of `__new__` and
/// `__init__`, which the program's own class defines.
pub fn no_keywords(vm: &mut Vm, args: &Args, class: Id, other: Value, name: &str) -> Outcome<()> {
    let defined = vm.lookup(class, other);
    let native = |method| matches!(vm.heap.content(method), Some(Payload::Native(_)));
    if args.keywords.is_empty() || !defined.is_none_or(native) {
        return Ok(());
    }
    vm.type_error(format!("{name}() takes no keyword arguments"))
}

fn is_objects_own(vm: &Vm, class: Id, name: Value) -> bool {
    let found = vm.lookup(class, name);
    matches!(found.and_then(|found| vm.heap.content(found)), Some(Payload::Native(native)) if native.owner == class::OBJECT)
}

fn default_repr(vm: &mut Vm, args: &Args) -> Outcome {
    let class = vm.class_of(args[0]);
    let text = format!(
        "<{} object at {:#x}>",
        vm.full_name(class),
        crate::vm::hash::identity(args[0])
    );
    Ok(vm.str(text))
}

fn not_equal(vm: &mut Vm, args: &Args) -> Outcome {
    let class = vm.class_of(args[0]);
    let Some(eq) = vm.special(class, names::EQ) else {
        return Ok(Value::NotImplemented);
    };
    match vm.call_special(eq, args[0], &[args[1]])? {
        Value::NotImplemented => Ok(Value::NotImplemented),
        equal => Ok(Value::Bool(!vm.truth(equal)?)),
    }
}

fn getattribute(vm: &mut Vm, args: &Args) -> Outcome {
    let name = vm.attribute_name(args[1])?;
    let class = vm.class_of(args[0]);
    match vm.generic_find(args[0], class, name)? {
        Some(value) => Ok(value),
        None => vm.no_attribute(args[0], name),
    }
}

fn format_object(vm: &mut Vm, args: &Args) -> Outcome {
    if vm.as_str(args[1]).is_some_and(|spec| !spec.is_empty()) {
        let class = vm.class_name(args[0]).to_owned();
        return vm.type_error(format!(
            "unsupported format string passed to {class}.__format__"
        ));
    }
    vm.to_str(args[0]).map(|text| vm.str(text))
}

fn class_attribute(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(class) = args.opt(1) else {
        return Ok(vm.class_of(args[0]).into());
    };
    let (object, class) = (
        args[0].id(),
        class.id().filter(|&id| vm.class(id).is_some()),
    );
    let (Some(object), Some(class)) = (object, class) else {
        return vm.type_error("__class__ must be set to a class");
    };
    if vm.class(class).map(|c| c.layout) != vm.class(vm.heap.get(object).class).map(|c| c.layout)
        || vm.is_builtin(class)
    {
        return vm.type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        );
    }
    vm.heap.set_class(object, class);
    Ok(Value::None)
}

fn dict_attribute(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(dict) = args.opt(1) {
        let (Some(object), Some(Payload::Dict(_))) = (args[0].id(), vm.heap.content(dict)) else {
            let given = vm.class_name(dict);
            let message = format!("__dict__ must be set to a dictionary, not a '{given}'");
            return vm.type_error(message);
        };
        vm.heap.set_dict(object, dict.id().unwrap_or(Id::NONE));
        return Ok(Value::None);
    }
    match vm.writable_dict(args[0]) {
        Some(dict) => Ok(visible(vm, args[0], dict).into()),
        None => {
            let name = vm.intern("__dict__");
            vm.no_attribute(args[0], name)
        }
    }
}

/// An instance's dict, or a copy of it without what is kept there besides: slots, and attributes of exceptions.
fn visible(vm: &mut Vm, object: Value, dict: Id) -> Id {
    let class = vm.class_of(object);
    let has_slots = vm.class(class).is_some_and(|content| {
        let mut users = { content.mro.iter() }.filter(|&&base| !vm.is_builtin(base));
        users.any(|&base| {
            let namespace = vm.class(base).map_or(Id::NONE, |base| base.namespace);
            vm.dict_get_name(namespace, names::SLOTS).is_some()
        })
    });
    let is_hidden = |vm: &Vm, key: Value| {
        vm.is_built_in_attribute(key)
            || has_slots && { vm.lookup(class, key) }
                .is_some_and(|found| vm.class_of(found) == class::MEMBER_DESCRIPTOR)
    };
    if !has_slots && vm.exception_content(object).is_none() {
        return dict;
    }
    let all: Vec<_> = { vm.heap.dict(dict).into_iter() }
        .flat_map(|dict| dict.iter().copied())
        .collect();
    let shown: Vec<_> = { all.iter() }
        .filter(|entry| !is_hidden(vm, entry.key))
        .collect();
    if shown.len() == all.len() {
        return dict;
    }
    let copy = vm.dict();
    for entry in shown {
        vm.heap.dict_push(copy, entry.hash, entry.key, entry.value);
    }
    copy
}

impl Vm {
    /// Is it the key of an attribute of exceptions that is no attribute of the program's?
    pub fn is_built_in_attribute(&self, key: Value) -> bool {
        self.as_str(key).is_some_and(|key| key.starts_with('\0'))
    }

    /// The interned str for an attribute's name that a program computed.
    pub fn attribute_name(&mut self, name: Value) -> Outcome {
        match self.as_str(name).map(str::to_owned) {
            Some(text) => Ok(self.intern(&text)),
            None => {
                let class = self.class_name(name).to_owned();
                self.type_error(format!("attribute name must be string, not '{class}'"))
            }
        }
    }

    /// The name of a class with its module in front, unless that is `builtins`.
    pub fn full_name(&self, class: Id) -> String {
        let qualname = self
            .class(class)
            .and_then(|class| self.as_str(class.qualname))
            .unwrap_or("?");
        let namespace = self.class(class).map_or(Id::NONE, |class| class.namespace);
        match self
            .dict_get_name(namespace, names::MODULE)
            .and_then(|module| self.as_str(module))
        {
            Some("builtins") | None => qualname.to_owned(),
            Some(module) => format!("{module}.{qualname}"),
        }
    }

    /// A new instance of a class, empty, as `object.__new__` makes it.
    pub fn new_instance(&mut self, class: Id) -> Outcome {
        if let Some(missing) = self.abstract_methods(class)? {
            return self.type_error(missing);
        }
        let layout = self
            .class(class)
            .map_or(Layout::Plain, |class| class.layout);
        let payload = match layout {
            Layout::Plain | Layout::Int | Layout::Float | Layout::Complex | Layout::Str => {
                Payload::Plain
            }
            Layout::Bytes | Layout::ByteArray | Layout::Class | Layout::Internal => Payload::Plain,
            Layout::Tuple => Payload::Tuple([].into()),
            Layout::List => Payload::List(Rc::default()),
            Layout::Dict => Payload::Dict(Rc::default()),
            Layout::Set => Payload::Set(Rc::default()),
            Layout::Deque => Payload::Deque(Rc::default()),
            Layout::Property => Payload::Property([Value::None; 4].into()),
            Layout::Module => Payload::Module,
            Layout::Record(n) => Payload::Record(vec![Value::Unbound; n.into()].into()),
            Layout::Exception => {
                let args = self.tuple([]);
                let none = Value::None;
                let content = Exception {
                    args,
                    traceback: none,
                    cause: none,
                    context: none,
                    suppress_context: false,
                };
                Payload::Exception(Rc::new(content))
            }
        };
        let id = self.heap.alloc(class, payload);
        if self
            .class(class)
            .is_some_and(|c| c.attributes == Attributes::Open && c.layout == Layout::Module)
        {
            let dict = self.dict();
            self.heap.set_dict(id, dict);
        }
        Ok(id.into())
    }

    /// Why a class cannot be instantiated, if it has abstract methods left.
    fn abstract_methods(&mut self, class: Id) -> Outcome<Option<String>> {
        if self.is_builtin(class) {
            return Ok(None);
        }
        let Some(listed) = self.lookup(class, names::ABSTRACT_METHODS) else {
            return Ok(None);
        };
        let mut missing = Vec::new();
        for name in self.collect(listed)? {
            missing.push(self.as_str(name).unwrap_or_default().to_owned());
        }
        missing.sort();
        let listed: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
        Ok(match missing.len() {
            0 => None,
            n => Some(format!(
                "Can't instantiate abstract class {} without an implementation for abstract method{} {}",
                self.name_of_class(class),
                if n == 1 { "" } else { "s" },
                listed.join(", ")
            )),
        })
    }

    /// `isinstance(value, class)` for a class, a tuple of classes or a union.
    pub fn is_instance_of(&mut self, value: Value, wanted: Value) -> Outcome<bool> {
        if let Some(items) = self.as_tuple(wanted).cloned() {
            for &item in items.iter() {
                if self.is_instance_of(value, item)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let Some(class) = wanted.id().filter(|&id| self.class(id).is_some()) else {
            return self.instance_of_other(value, wanted);
        };
        if self.class_of(value) == class {
            return Ok(true);
        }
        let metaclass = self.class_of(wanted);
        if metaclass != class::TYPE
            && let Some(check) = self.special(metaclass, names::INSTANCECHECK)
            && !matches!(self.heap.content(check), Some(Payload::Native(_)))
        {
            let result = self.call_special(check, wanted, &[value])?;
            return self.truth(result);
        }
        if self.is_instance(value, class) {
            return Ok(true);
        }
        self.pretends_to_be(value, class)
    }

    /// Does an object say by a `__class__` of its own that it is an instance of a class, as proxies and mocks do?
    fn pretends_to_be(&mut self, value: Value, class: Id) -> Outcome<bool> {
        let told = self.lookup(self.class_of(value), names::CLASS);
        if !told.is_some_and(|told| self.is_written_in_python(told)) {
            return Ok(false);
        }
        let told = self.get_attr_opt(value, names::CLASS)?.and_then(Value::id);
        Ok(told.is_some_and(|told| self.class(told).is_some() && self.is_subclass(told, class)))
    }

    fn instance_of_other(&mut self, value: Value, wanted: Value) -> Outcome<bool> {
        let class = self.class_of(wanted);
        if let Some(check) = self.special(class, names::INSTANCECHECK) {
            let result = self.call_special(check, wanted, &[value])?;
            return self.truth(result);
        }
        if self.class_of(wanted) == class::UNION_TYPE {
            let members = self.union_classes(wanted);
            return self.is_instance_of(value, members);
        }
        match class {
            class::GENERIC_ALIAS => {
                self.type_error("isinstance() argument 2 cannot be a parameterized generic")
            }
            _ => self.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"),
        }
    }

    /// The classes of a union as a tuple, with the class of None for None.
    fn union_classes(&mut self, union: Value) -> Value {
        let members = self.union_members(union);
        let classes: Vec<Value> = members.into_iter().map(none_type).collect();
        self.tuple(classes)
    }

    /// `issubclass(derived, wanted)`
    pub fn is_subclass_of(&mut self, derived: Value, wanted: Value) -> Outcome<bool> {
        if let Some(items) = self.as_tuple(wanted).cloned() {
            for &item in items.iter() {
                if self.is_subclass_of(derived, item)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let metaclass = self.class_of(wanted);
        if metaclass != class::TYPE
            && let Some(check) = self.special(metaclass, names::SUBCLASSCHECK)
            && !matches!(self.heap.content(check), Some(Payload::Native(_)))
        {
            let result = self.call_special(check, wanted, &[derived])?;
            return self.truth(result);
        }
        let Some(derived) = derived.id().filter(|&id| self.class(id).is_some()) else {
            return self.type_error("issubclass() arg 1 must be a class");
        };
        if metaclass == class::UNION_TYPE {
            let members = self.union_classes(wanted);
            return self.is_subclass_of(derived.into(), members);
        }
        match wanted.id().filter(|&id| self.class(id).is_some()) {
            Some(base) => Ok(self.is_subclass(derived, base)),
            None if metaclass == class::GENERIC_ALIAS => {
                self.type_error("issubclass() argument 2 cannot be a parameterized generic")
            }
            None => self
                .type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"),
        }
    }
}

/// `None` stands for its class in unions.
fn none_type(value: Value) -> Value {
    if value.is_none() {
        class::NONE_TYPE.into()
    } else {
        value
    }
}
