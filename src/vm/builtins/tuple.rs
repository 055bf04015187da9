//! `tuple` (`Objects/tupleobject.c`).

use super::object::no_keywords;
use super::{Member, list, slots};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;

/// Methods.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, iterable=(), /, **kwargs", new),
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__hash__", "self, /", slots::hash),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__lt__", "self, value, /", slots::lt),
    Member::slot("__le__", "self, value, /", slots::le),
    Member::slot("__gt__", "self, value, /", slots::gt),
    Member::slot("__ge__", "self, value, /", slots::ge),
    Member::slot("__len__", "self, /", slots::len),
    Member::slot("__iter__", "self, /", slots::iter),
    Member::slot("__contains__", "self, key, /", slots::contains),
    Member::slot("__getitem__", "self, key, /", slots::getitem),
    Member::slot("__add__", "self, value, /", slots::add),
    Member::slot("__mul__", "self, value, /", slots::mul),
    Member::slot("__rmul__", "self, value, /", slots::mul),
    Member::method("__getnewargs__", "self, /", new_arguments),
    Member::method("count", "self, value, /", list::count),
    Member::method(
        "index",
        "self, value, start=0, stop=9223372036854775807, /",
        list::index,
    ),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
];

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    no_keywords(vm, args, class, names::INIT, "tuple")?;
    let items = match args.opt(1) {
        Some(same) if class == class::TUPLE && vm.class_of(same) == class => return Ok(same),
        Some(iterable) => vm.collect(iterable)?,
        None => Vec::new(),
    };
    vm.check_items(items.len())?;
    Ok(match class {
        class::TUPLE => vm.tuple(items),
        _ => vm.object(class, Payload::Tuple(items.into())),
    })
}

fn new_arguments(vm: &mut Vm, args: &Args) -> Outcome {
    let items = vm.items(args[0]).unwrap_or_default().to_vec();
    let copy = vm.tuple(items);
    Ok(vm.tuple([copy]))
}
