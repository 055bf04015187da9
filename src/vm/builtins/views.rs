//! Views of dicts, and `mappingproxy` (`Objects/dictobject.c`, `Objects/descrobject.c`).

use super::{Member, slots};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// What all views share.
pub static VIEW: &[Member] = &[
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__len__", "self, /", slots::len),
    Member::slot("__iter__", "self, /", slots::iter),
    Member::method("__reversed__", "self, /", slots::reversed),
    Member::getter("mapping", mapping),
];

/// What views of keys and items have in addition: they act as sets.
pub static SET_VIEW: &[Member] = &[
    Member::slot("__hash__", "self, /", slots::hash),
    Member::slot("__contains__", "self, key, /", slots::contains),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__lt__", "self, value, /", slots::lt),
    Member::slot("__le__", "self, value, /", slots::le),
    Member::slot("__gt__", "self, value, /", slots::gt),
    Member::slot("__ge__", "self, value, /", slots::ge),
    Member::slot("__or__", "self, value, /", slots::or),
    Member::slot("__ror__", "self, value, /", slots::ror),
    Member::slot("__and__", "self, value, /", slots::and),
    Member::slot("__rand__", "self, value, /", slots::rand),
    Member::slot("__sub__", "self, value, /", slots::sub),
    Member::slot("__rsub__", "self, value, /", slots::rsub),
    Member::slot("__xor__", "self, value, /", slots::xor),
    Member::slot("__rxor__", "self, value, /", slots::rxor),
    Member::method("isdisjoint", "self, other, /", is_disjoint),
];

/// Methods of `mappingproxy`.
pub static MAPPINGPROXY: &[Member] = &[
    Member::static_method("__new__", "cls, mapping, /", new_proxy),
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__str__", "self, /", |vm, args| {
        let inner = proxied(vm, args[0]);
        let text = vm.to_str(inner)?;
        Ok(vm.str(text))
    }),
    Member::slot("__hash__", "self, /", slots::hash),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__len__", "self, /", slots::len),
    Member::slot("__iter__", "self, /", slots::iter),
    Member::slot("__contains__", "self, key, /", slots::contains),
    Member::slot("__getitem__", "self, key, /", slots::getitem),
    Member::slot("__or__", "self, value, /", slots::or),
    Member::slot("__ror__", "self, value, /", slots::ror),
    Member::method("__reversed__", "self, /", |vm, args| {
        let reversed = reversed_class();
        let inner = proxied(vm, args[0]);
        vm.call(reversed, &[inner])
    }),
    Member::method("copy", "self, /", |vm, args| forward(vm, args, "copy")),
    Member::method("get", "self, key, default=None, /", proxy_get),
    Member::method("items", "self, /", |vm, args| forward(vm, args, "items")),
    Member::method("keys", "self, /", |vm, args| forward(vm, args, "keys")),
    Member::method("values", "self, /", |vm, args| forward(vm, args, "values")),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
];

fn reversed_class() -> Value {
    class::REVERSED.into()
}

fn mapping(vm: &mut Vm, args: &Args) -> Outcome {
    match vm.heap.content(args[0]) {
        Some(&Payload::DictView(dict, _)) => Ok(proxy_of(vm, dict.into())),
        _ => Ok(Value::None),
    }
}

fn proxy_of(vm: &mut Vm, mapping: Value) -> Value {
    vm.object(class::MAPPINGPROXY, Payload::MappingProxy(mapping))
}

fn is_disjoint(vm: &mut Vm, args: &Args) -> Outcome {
    for item in vm.collect(args[1])? {
        if vm.contains(args[0], item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

fn new_proxy(vm: &mut Vm, args: &Args) -> Outcome {
    let class = vm.class_of(args[1]);
    let is_mapping = !matches!(
        vm.heap.content(args[1]),
        Some(Payload::List(_) | Payload::Tuple(_))
    ) && vm.special(class, names::GETITEM).is_some();
    if !is_mapping {
        let class = vm.class_name(args[1]);
        return vm.type_error(format!(
            "mappingproxy() argument must be a mapping, not {class}"
        ));
    }
    Ok(proxy_of(vm, args[1]))
}

fn proxied(vm: &Vm, proxy: Value) -> Value {
    match vm.heap.content(proxy) {
        Some(Payload::MappingProxy(mapping)) => *mapping,
        _ => Value::None,
    }
}

/// The method of the mapping behind a proxy, called without arguments.
fn forward(vm: &mut Vm, args: &Args, name: &str) -> Outcome {
    let (mapping, name) = (proxied(vm, args[0]), vm.intern(name));
    let method = vm.get_attr(mapping, name)?;
    vm.call(method, &[])
}

fn proxy_get(vm: &mut Vm, args: &Args) -> Outcome {
    let mapping = proxied(vm, args[0]);
    if let Some(dict) = plain_dict(vm, mapping) {
        return Ok(vm.dict_get(dict, args[1])?.unwrap_or(args[2].or_none()));
    }
    let name = vm.intern("get");
    let method = vm.get_attr(mapping, name)?;
    vm.call(method, &[args[1], args[2].or_none()])
}

fn plain_dict(vm: &Vm, value: Value) -> Option<Id> {
    value.id().filter(|_| vm.class_of(value) == class::DICT)
}
