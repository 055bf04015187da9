//! `weakref.ref` (`Objects/weakrefobject.c`).

use super::{Member, slots};
use crate::vm::class::{self, Attributes};
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// Methods.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, object, callback=None, /", new),
    Member::slot("__init__", "self, object, callback=None, /", |_, _| {
        Ok(Value::None)
    }),
    Member::slot("__call__", "self, /", |vm, args| Ok(target(vm, args[0]))),
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__hash__", "self, /", hash),
    Member::slot("__eq__", "self, value, /", eq),
    Member::slot("__ne__", "self, value, /", |vm, args| {
        Ok(match eq(vm, args)? {
            Value::Bool(equal) => Value::Bool(!equal),
            other => other,
        })
    }),
    Member::getter("__callback__", |vm, args| Ok(callback(vm, args[0]))),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
];

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    let callback = args[2].or_none();
    let Some(id) = args[1].id().filter(|&id| can_be_referenced(vm, id)) else {
        let class = vm.class_name(args[1]);
        return vm.type_error(format!("cannot create weak reference to '{class}' object"));
    };
    if class == class::WEAKREF && callback.is_none() {
        let plain = |&&weak: &&Id| is_plain(vm, weak);
        if let Some(&known) = vm.weakrefs.of(id).iter().find(plain) {
            return Ok(known.into());
        }
    }
    let weak = vm.heap.alloc(class, Payload::Weakref(id, callback));
    vm.weakrefs.add(id, weak);
    Ok(weak.into())
}

/// Is it a reference of class `ref` itself without a callback, of which one is enough?
fn is_plain(vm: &Vm, weak: Id) -> bool {
    vm.heap.get(weak).class == class::WEAKREF
        && matches!(vm.heap.payload(weak), Payload::Weakref(_, Value::None))
}

fn can_be_referenced(vm: &Vm, id: Id) -> bool {
    let object = vm.heap.get(id);
    if !vm.is_builtin(object.class) {
        let class = vm.class(object.class);
        let open = class.is_some_and(|c| {
            let has_slot = |&base: &Id| {
                let namespace = vm.class(base).map(|base| base.namespace);
                namespace.is_some_and(|names| vm.dict_get_name(names, names::WEAKREF).is_some())
            };
            c.attributes != Attributes::Closed || c.mro.iter().any(has_slot)
        });
        return open && !matches!(object.payload, Payload::Int(_) | Payload::Tuple(_));
    }
    matches!(
        object.payload,
        Payload::Function(_)
            | Payload::Native(_)
            | Payload::BoundMethod(_)
            | Payload::Class(_)
            | Payload::Set(_)
            | Payload::Deque(_)
            | Payload::Generator(_)
            | Payload::Module
            | Payload::Code(_)
            | Payload::Record(_)
    )
}

/// The object that is referred to, or `None`.
fn target(vm: &Vm, weak: Value) -> Value {
    match vm.heap.content(weak) {
        Some(&Payload::Weakref(target, _)) if !target.is_none() => target.into(),
        _ => Value::None,
    }
}

fn callback(vm: &Vm, weak: Value) -> Value {
    match vm.heap.content(weak) {
        Some(&Payload::Weakref(target, callback)) if !target.is_none() => callback.or_none(),
        _ => Value::None,
    }
}

fn hash(vm: &mut Vm, args: &Args) -> Outcome {
    match target(vm, args[0]) {
        Value::None => vm.type_error("weak object has gone away"),
        target => vm.hash(target).map(Value::Int),
    }
}

fn eq(vm: &mut Vm, args: &Args) -> Outcome {
    if !vm.is_instance(args[1], class::WEAKREF) {
        return Ok(Value::NotImplemented);
    }
    match [target(vm, args[0]), target(vm, args[1])] {
        [Value::None, _] | [_, Value::None] => Ok(args[0].is(args[1]).into()),
        [left, right] => vm.eq(left, right).map(Value::Bool),
    }
}
