//! `type` (`Objects/typeobject.c`: type_new, type_methods, type_getsets).

use super::Member;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The message where no metaclass suits all bases.
pub const METACLASS_CONFLICT: &str = "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases";

/// Members of `type`.
pub static METHODS: &[Member] = &[
    Member::static_method(
        "__new__",
        "metatype, name, bases=None, namespace=None, /, **kwds",
        new,
    ),
    Member::slot("__init__", "self, /, *args, **kwds", |_, _| Ok(Value::None)),
    Member::slot("__call__", "self, /, *args, **kwds", call),
    Member::slot("__repr__", "self, /", repr),
    Member::slot("__or__", "self, value, /", |vm, args| {
        Ok(vm
            .union_of(args[0], args[1])?
            .unwrap_or(Value::NotImplemented))
    }),
    Member::slot("__ror__", "self, value, /", |vm, args| {
        Ok(vm
            .union_of(args[1], args[0])?
            .unwrap_or(Value::NotImplemented))
    }),
    Member::slot("__getattribute__", "self, name, /", |vm, args| {
        let (name, class) = (vm.attribute_name(args[1])?, vm.class_of(args[0]));
        match vm.generic_find(args[0], class, name)? {
            Some(value) => Ok(value),
            None => vm.no_attribute(args[0], name),
        }
    }),
    Member::slot("__setattr__", "self, name, value, /", |vm, args| {
        let name = vm.attribute_name(args[1])?;
        vm.generic_set(args[0], name, args[2]).map(|()| Value::None)
    }),
    Member::slot("__delattr__", "self, name, /", |vm, args| {
        let name = vm.attribute_name(args[1])?;
        vm.generic_delete(args[0], name).map(|()| Value::None)
    }),
    Member::method("mro", "self, /", |vm, args| {
        mro(vm, args).map(|items| vm.list(items))
    }),
    Member::method("__subclasses__", "self, /", subclasses),
    Member::method("__instancecheck__", "self, instance, /", |vm, args| {
        Ok(args[0]
            .id()
            .is_some_and(|class| vm.is_instance(args[1], class))
            .into())
    }),
    Member::method("__subclasscheck__", "self, subclass, /", |vm, args| {
        let pair = args[0].id().zip(args[1].id());
        Ok(pair
            .is_some_and(|(base, derived)| vm.is_subclass(derived, base))
            .into())
    }),
    Member::method("__dir__", "self, /", |vm, args| {
        vm.helper("class_dir", &[args[0]])
    }),
    Member::class_method("__prepare__", "cls, /, *args, **kwds", |vm, _| {
        Ok(vm.dict().into())
    }),
    Member::attribute("__name__", name),
    Member::attribute("__qualname__", qualname),
    Member::attribute("__module__", module),
    Member::attribute("__bases__", |vm, args| {
        if let (Some(id), Some(value)) = (args[0].id(), args.opt(1)) {
            return vm.set_bases(id, value);
        }
        let bases: Vec<Value> = content(vm, args).map_or(Vec::new(), |class| {
            class.bases.iter().map(|&b| b.into()).collect()
        });
        Ok(vm.tuple(bases))
    }),
    Member::getter("__base__", |vm, args| {
        Ok(content(vm, args)
            .and_then(|class| class.bases.first().copied())
            .map_or(Value::None, Value::from))
    }),
    Member::getter("__mro__", |vm, args| {
        mro(vm, args).map(|items| vm.tuple(items))
    }),
    Member::getter("__dict__", |vm, args| {
        let namespace = content(vm, args).map_or(Id::NONE, |class| class.namespace);
        Ok(vm.object(class::MAPPINGPROXY, Payload::MappingProxy(namespace.into())))
    }),
    Member::attribute("__doc__", doc),
    Member::attribute("__annotations__", annotations),
    Member::getter("__annotate__", |vm, args| {
        let function = vm.intern("__annotate_func__");
        Ok(own(vm, args[0], function).unwrap_or(Value::None))
    }),
    Member::attribute("__abstractmethods__", abstract_methods),
    Member::attribute("__type_params__", |vm, args| {
        if let Some(value) = args.opt(1) {
            set_own(vm, args[0], names::TYPE_PARAMS, value);
            return Ok(Value::None);
        }
        match own(vm, args[0], names::TYPE_PARAMS) {
            Some(params) => Ok(params),
            None => Ok(vm.tuple([])),
        }
    }),
];

fn repr(vm: &mut Vm, args: &Args) -> Outcome {
    let text = format!(
        "<class '{}'>",
        args[0]
            .id()
            .map_or(String::new(), |class| vm.full_name(class))
    );
    Ok(vm.str(text))
}

fn content<'a>(vm: &'a Vm, args: &Args) -> Option<&'a crate::vm::class::Class> {
    args[0].id().and_then(|id| vm.class(id))
}

fn own(vm: &Vm, class: Value, name: Value) -> Option<Value> {
    vm.dict_get_name(vm.class(class.id()?)?.namespace, name)
}

fn set_own(vm: &mut Vm, class: Value, name: Value, value: Value) {
    let namespace = class
        .id()
        .and_then(|id| vm.class(id))
        .map_or(Id::NONE, |class| class.namespace);
    vm.dict_set_name(namespace, name, value);
}

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let (Some(metaclass), Some(bases), Some(namespace)) = (args[0].id(), args.opt(2), args.opt(3))
    else {
        return vm.type_error("type() takes 1 or 3 arguments");
    };
    let Some(bases) = vm.as_tuple(bases).cloned() else {
        let given = vm.class_name(bases).to_owned();
        return vm.type_error(format!(
            "type.__new__() argument 2 must be tuple, not {given}"
        ));
    };
    let Some(namespace) = namespace.id().filter(|&id| vm.heap.dict(id).is_some()) else {
        let given = vm.class_name(namespace).to_owned();
        return vm.type_error(format!(
            "type.__new__() argument 3 must be dict, not {given}"
        ));
    };
    let mut winner = metaclass;
    for &base in bases.iter() {
        let candidate = vm.class_of(base);
        if vm.is_subclass(candidate, winner) {
            winner = candidate;
        } else if !vm.is_subclass(winner, candidate) {
            return vm.type_error(METACLASS_CONFLICT);
        }
    }
    if winner != metaclass && has_own_new(vm, winner) {
        let make = vm.get_attr(winner.into(), names::NEW)?;
        let arguments = [winner.into(), args[1], args[2], args[3]];
        return vm.call_with(make, &arguments, args.keywords);
    }
    vm.new_class(winner, args[1], &bases, namespace, args.keywords)
}

/// Does a metaclass make its classes in a way of its own, rather than as `type` does?
fn has_own_new(vm: &Vm, metaclass: Id) -> bool {
    let [own, plain] = [metaclass, class::TYPE].map(|class| vm.lookup(class, names::NEW));
    !own.unwrap_or_default().is(plain.unwrap_or_default())
}

fn call(vm: &mut Vm, args: &Args) -> Outcome {
    vm.call_class(args[0], args.rest, args.keywords)
}

fn mro(vm: &mut Vm, args: &Args) -> Outcome<Vec<Value>> {
    Ok(content(vm, args).map_or(Vec::new(), |class| {
        class.mro.iter().map(|&id| id.into()).collect()
    }))
}

fn subclasses(vm: &mut Vm, args: &Args) -> Outcome {
    let known = args[0]
        .id()
        .and_then(|id| vm.subclasses.get(&id))
        .cloned()
        .unwrap_or_default();
    let live: Vec<Value> = known
        .into_iter()
        .filter(|&id| vm.heap.is_live(id) && vm.class(id).is_some())
        .map(Value::from)
        .collect();
    Ok(vm.list(live))
}

fn name(vm: &mut Vm, args: &Args) -> Outcome {
    match (args[0].id(), args.opt(1)) {
        (Some(id), Some(name)) => {
            check_name(vm, id, name, "__name__")?;
            rename(vm, id, |class| {
                (class.name, class.type_name) = (name, name);
            })
        }
        _ => Ok(content(vm, args).map_or(Value::None, |class| class.name)),
    }
}

fn qualname(vm: &mut Vm, args: &Args) -> Outcome {
    match (args[0].id(), args.opt(1)) {
        (Some(id), Some(name)) => {
            check_name(vm, id, name, "__qualname__")?;
            rename(vm, id, |class| class.qualname = name)
        }
        _ => Ok(content(vm, args).map_or(Value::None, |class| class.qualname)),
    }
}

/// A class is called by a text.
fn check_name(vm: &mut Vm, id: Id, name: Value, which: &str) -> Outcome<()> {
    if vm.as_str(name).is_some() {
        return Ok(());
    }
    let (class, given) = (vm.name_of_class(id), vm.class_name(name));
    let message = format!("can only assign string to {class}.{which}, not '{given}'");
    vm.type_error(message)
}

fn rename(vm: &mut Vm, id: Id, change: impl FnOnce(&mut class::Class)) -> Outcome {
    let Some(mut content) = vm.class(id).cloned() else {
        return Ok(Value::None);
    };
    change(&mut content);
    vm.heap
        .set_payload(id, Payload::Class(std::rc::Rc::new(content)));
    Ok(Value::None)
}

fn module(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(value) = args.opt(1) {
        set_own(vm, args[0], names::MODULE, value);
        return Ok(Value::None);
    }
    // The class of classes has this very attribute under the name.
    match own(vm, args[0], names::MODULE).filter(|_| !args[0].is(class::TYPE.into())) {
        Some(module) => Ok(module),
        None => Ok(vm.intern("builtins")),
    }
}

fn doc(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(value) = args.opt(1) {
        set_own(vm, args[0], names::DOC, value);
        return Ok(Value::None);
    }
    Ok(own(vm, args[0], names::DOC).unwrap_or(Value::None))
}

/// `__annotations__`, made by the class's `__annotate__` when first asked for (PEP 649).
fn annotations(vm: &mut Vm, args: &Args) -> Outcome {
    let cache = vm.intern("__annotations_cache__");
    if let Some(value) = args.opt(1) {
        set_own(vm, args[0], cache, value);
        return Ok(Value::None);
    }
    if let Some(known) = own(vm, args[0], names::ANNOTATIONS).or_else(|| own(vm, args[0], cache)) {
        return Ok(known);
    }
    let function = vm.intern("__annotate_func__");
    let made = match own(vm, args[0], function) {
        Some(function) => vm.call(function, &[])?,
        None => vm.dict().into(),
    };
    set_own(vm, args[0], cache, made);
    Ok(made)
}

fn abstract_methods(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(value) = args.opt(1) {
        set_own(vm, args[0], names::ABSTRACT_METHODS, value);
        return Ok(Value::None);
    }
    match own(vm, args[0], names::ABSTRACT_METHODS) {
        Some(value) => Ok(value),
        None => vm.no_attribute(args[0], names::ABSTRACT_METHODS),
    }
}
