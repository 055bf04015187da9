//! `dict` (`Objects/dictobject.c`).

use super::{Member, slots};
use crate::vm::class;
use crate::vm::keys::KeyRole;
use crate::vm::machine::Vm;
use crate::vm::merge;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::{Payload, ViewKind};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Special methods.
pub static SLOTS: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new),
    Member::slot("__init__", "self, iterable=(), /, **kwargs", update),
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__lt__", "self, value, /", slots::lt),
    Member::slot("__le__", "self, value, /", slots::le),
    Member::slot("__gt__", "self, value, /", slots::gt),
    Member::slot("__ge__", "self, value, /", slots::ge),
    Member::slot("__len__", "self, /", slots::len),
    Member::slot("__iter__", "self, /", slots::iter),
    Member::method("__contains__", "self, key, /", slots::contains),
    Member::method("__getitem__", "self, key, /", slots::getitem),
    Member::slot("__setitem__", "self, key, value, /", slots::setitem),
    Member::slot("__delitem__", "self, key, /", slots::delitem),
    Member::slot("__or__", "self, value, /", slots::or),
    Member::slot("__ror__", "self, value, /", slots::ror),
    Member::slot("__ior__", "self, value, /", slots::ior),
    Member::method("__reversed__", "self, /", slots::reversed),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
];

/// Methods.
pub static METHODS: &[Member] = &[
    Member::method("clear", "self, /", clear),
    Member::method("copy", "self, /", copy),
    Member::class_method("fromkeys", "cls, iterable, value=None, /", from_keys),
    Member::method("get", "self, key, default=None, /", get),
    Member::method("items", "self, /", |vm, args| {
        view(vm, args, ViewKind::Items)
    }),
    Member::method("keys", "self, /", |vm, args| view(vm, args, ViewKind::Keys)),
    Member::method("pop", "self, key, default=None, /", pop),
    Member::method("popitem", "self, /", pop_item),
    Member::method("setdefault", "self, key, default=None, /", set_default),
    Member::method("update", "self, iterable=(), /, **kwargs", update),
    Member::method("values", "self, /", |vm, args| {
        view(vm, args, ViewKind::Values)
    }),
];

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    Ok(vm.object(class, Payload::Dict(Rc::default())))
}

/// `__init__` and `update`
fn update(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    if let Some(other) = args.opt(1) {
        vm.once(|vm| merge::update(vm, id, other).map(|()| Value::None))?;
    }
    merge::set_pairs(vm, id, args.keywords)?;
    Ok(Value::None)
}

fn clear(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    vm.heap.dict_clear(id);
    Ok(Value::None)
}

fn copy(vm: &mut Vm, args: &Args) -> Outcome {
    match vm.heap.content(args[0]) {
        Some(Payload::Dict(table)) => {
            let table = table.clone();
            Ok(vm.object(class::DICT, Payload::Dict(table)))
        }
        _ => Ok(Value::None),
    }
}

fn from_keys(vm: &mut Vm, args: &Args) -> Outcome {
    let (iterable, value) = (args[1], args[2].or_none());
    if !args[0].is(class::DICT.into()) || merge::runs_python(vm, iterable) {
        return vm.helper("dict_from_keys", &[args[0], iterable, value]);
    }
    let keys = vm.collect(iterable)?;
    let pairs: Vec<_> = keys.into_iter().map(|key| (key, value)).collect();
    let dict = vm.dict();
    merge::set_pairs(vm, dict, &pairs)?;
    Ok(dict.into())
}

fn get(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    Ok(vm.dict_get(id, args[1])?.unwrap_or(args[2].or_none()))
}

fn view(vm: &mut Vm, args: &Args, kind: ViewKind) -> Outcome {
    let id = slots::this(vm, args)?;
    let class = match kind {
        ViewKind::Keys => class::DICT_KEYS,
        ViewKind::Values => class::DICT_VALUES,
        ViewKind::Items => class::DICT_ITEMS,
    };
    Ok(vm.object(class, Payload::DictView(id, kind)))
}

fn pop(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    // An empty dict does not even hash the key.
    let found = match vm.heap.dict(id) {
        Some(dict) if dict.is_empty() => None,
        _ => vm.dict_delete(id, args[1])?,
    };
    match found.or(args.opt(2)) {
        Some(value) => Ok(value),
        None => vm.raise_with(class::KEY_ERROR, &[args[1]]),
    }
}

fn pop_item(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let last = vm
        .heap
        .dict(id)
        .and_then(|dict| dict.previous(dict.positions()));
    let Some((at, entry)) = last else {
        return vm.raise(class::KEY_ERROR, "popitem(): dictionary is empty");
    };
    let pair = vm.tuple([entry.key, entry.value]);
    vm.heap.dict_remove(id, at);
    Ok(pair)
}

fn set_default(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let hash = vm.hash_key(args[1], KeyRole::DictKey)?;
    if let Some(at) = vm.dict_find(id, hash, args[1])? {
        return Ok(value_at(vm, id, at));
    }
    let value = args[2].or_none();
    vm.heap.dict_push(id, hash, args[1], value);
    Ok(value)
}

fn value_at(vm: &Vm, id: Id, at: usize) -> Value {
    let entry = vm.heap.dict(id).and_then(|dict| dict.entry(at));
    entry.map_or(Value::None, |entry| entry.value)
}
