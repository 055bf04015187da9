//! `set` and `frozenset` (`Objects/setobject.c`).

use super::{Member, slots};
use crate::bytecode::op::BinaryOp;
use crate::vm::class;
use crate::vm::compare;
use crate::vm::machine::Vm;
use crate::vm::merge;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::sequence;
use crate::vm::set::Set;
use crate::vm::set_algebra::{self as algebra, Operand};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// What `set` and `frozenset` share.
pub static SHARED: &[Member] = &[
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
    Member::method("__contains__", "self, object, /", slots::contains),
    Member::slot("__or__", "self, value, /", slots::or),
    Member::slot("__ror__", "self, value, /", slots::ror),
    Member::slot("__and__", "self, value, /", slots::and),
    Member::slot("__rand__", "self, value, /", slots::rand),
    Member::slot("__sub__", "self, value, /", slots::sub),
    Member::slot("__rsub__", "self, value, /", slots::rsub),
    Member::slot("__xor__", "self, value, /", slots::xor),
    Member::slot("__rxor__", "self, value, /", slots::rxor),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
    Member::method("copy", "self, /", copy),
    Member::method("difference", "self, /, *others", difference),
    Member::method("intersection", "self, /, *others", intersection),
    Member::method("isdisjoint", "self, other, /", is_disjoint),
    Member::method("issubset", "self, other, /", is_subset),
    Member::method("issuperset", "self, other, /", is_superset),
    Member::method(
        "symmetric_difference",
        "self, other, /",
        symmetric_difference,
    ),
    Member::method("union", "self, /, *others", union),
];

/// What only `set` has.
pub static SET: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new),
    Member::slot("__init__", "self, iterable=(), /", init),
    Member::slot("__ior__", "self, value, /", slots::ior),
    Member::slot("__iand__", "self, value, /", slots::iand),
    Member::slot("__isub__", "self, value, /", slots::isub),
    Member::slot("__ixor__", "self, value, /", slots::ixor),
    Member::method("add", "self, object, /", add),
    Member::method("clear", "self, /", clear),
    Member::method("difference_update", "self, /, *others", difference_update),
    Member::method("discard", "self, object, /", discard),
    Member::method(
        "intersection_update",
        "self, /, *others",
        intersection_update,
    ),
    Member::method("pop", "self, /", pop),
    Member::method("remove", "self, object, /", remove),
    Member::method(
        "symmetric_difference_update",
        "self, other, /",
        symmetric_difference_update,
    ),
    Member::method("update", "self, /, *others", update),
];

/// What only `frozenset` has.
pub static FROZENSET: &[Member] = &[Member::static_method(
    "__new__",
    "cls, iterable=(), /",
    new_frozen,
)];

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    Ok(vm.object(class, Payload::Set(Rc::default())))
}

fn init(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let content = built(vm, args.opt(1))?;
    vm.heap.set_payload(id, Payload::Set(Rc::new(content)));
    Ok(Value::None)
}

fn new_frozen(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    if class == class::FROZENSET
        && let Some(same) = args.opt(1)
        && vm.class_of(same) == class
    {
        return Ok(same);
    }
    let content = built(vm, args.opt(1))?;
    Ok(vm.object(class, Payload::Set(Rc::new(content))))
}

/// `set(iterable)`
fn built(vm: &mut Vm, iterable: Option<Value>) -> Outcome<Set> {
    let mut set = Set::default();
    if let Some(iterable) = iterable {
        let other = Operand::read(vm, iterable)?;
        algebra::update(vm, &mut set, &other)?;
    }
    Ok(set)
}

fn content(vm: &Vm, value: Value) -> Rc<Set> {
    match vm.heap.content(value) {
        Some(Payload::Set(set)) => set.clone(),
        _ => Rc::default(),
    }
}

/// A new set of the built-in base of the class of `self`.
fn result(vm: &mut Vm, args: &Args, set: Set) -> Outcome {
    let class = sequence::base_class(vm, args[0]);
    Ok(vm.object(class, Payload::Set(Rc::new(set))))
}

fn copy(vm: &mut Vm, args: &Args) -> Outcome {
    if vm.class_of(args[0]) == class::FROZENSET {
        return Ok(args[0]);
    }
    let copied = content(vm, args[0]).copied();
    result(vm, args, copied)
}

fn union(vm: &mut Vm, args: &Args) -> Outcome {
    let mut set = content(vm, args[0]).copied();
    for &other in args.rest {
        let other = Operand::read(vm, other)?;
        algebra::update(vm, &mut set, &other)?;
    }
    result(vm, args, set)
}

fn intersection(vm: &mut Vm, args: &Args) -> Outcome {
    let set = intersected(vm, args)?;
    result(vm, args, set)
}

fn intersected(vm: &mut Vm, args: &Args) -> Outcome<Set> {
    let mut set = content(vm, args[0]);
    if args.rest.is_empty() {
        return Ok(set.copied());
    }
    for &other in args.rest {
        let other = Operand::read(vm, other)?;
        set = Rc::new(algebra::intersection(vm, &set, &other)?);
    }
    Ok(Rc::unwrap_or_clone(set))
}

fn difference(vm: &mut Vm, args: &Args) -> Outcome {
    let mut set = content(vm, args[0]);
    if args.rest.is_empty() {
        let copied = set.copied();
        return result(vm, args, copied);
    }
    for (n, &other) in args.rest.iter().enumerate() {
        let other = Operand::read(vm, other)?;
        if n == 0 {
            set = Rc::new(algebra::difference(vm, &set, &other)?);
        } else {
            algebra::difference_update(vm, Rc::make_mut(&mut set), &other)?;
        }
    }
    result(vm, args, Rc::unwrap_or_clone(set))
}

fn symmetric_difference(vm: &mut Vm, args: &Args) -> Outcome {
    let (set, other) = (content(vm, args[0]), Operand::read(vm, args[1])?);
    let set = algebra::symmetric_difference(vm, &set, &other)?;
    result(vm, args, set)
}

fn is_disjoint(vm: &mut Vm, args: &Args) -> Outcome {
    let (set, other) = (content(vm, args[0]), Operand::read(vm, args[1])?);
    algebra::is_disjoint(vm, &set, &other).map(Value::Bool)
}

fn is_subset(vm: &mut Vm, args: &Args) -> Outcome {
    let other = as_set(vm, args[1])?;
    compare::all_within(vm, args[0], other).map(Value::Bool)
}

fn is_superset(vm: &mut Vm, args: &Args) -> Outcome {
    let other = as_set(vm, args[1])?;
    compare::all_within(vm, other, args[0]).map(Value::Bool)
}

fn as_set(vm: &mut Vm, value: Value) -> Outcome {
    if let Some(Payload::Set(_)) = vm.heap.content(value) {
        return Ok(value);
    }
    let set = built(vm, Some(value))?;
    Ok(vm.object(class::SET, Payload::Set(Rc::new(set))))
}

fn add(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    vm.set_add(id, args[1]).map(|()| Value::None)
}

fn clear(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    vm.heap.set_payload(id, Payload::Set(Rc::default()));
    Ok(Value::None)
}

fn take_out(vm: &mut Vm, args: &Args) -> Outcome<bool> {
    let id = slots::this(vm, args)?;
    let at = vm.set_locate(id, args[1])?;
    Ok(at.is_some_and(|at| vm.heap.set_remove(id, at).is_some()))
}

fn discard(vm: &mut Vm, args: &Args) -> Outcome {
    take_out(vm, args).map(|_| Value::None)
}

fn remove(vm: &mut Vm, args: &Args) -> Outcome {
    match take_out(vm, args)? {
        true => Ok(Value::None),
        false => vm.raise_with(class::KEY_ERROR, &[args[1]]),
    }
}

fn pop(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let at = match vm.heap.payload_mut(id) {
        Payload::Set(set) => Rc::make_mut(set).pop_position(),
        _ => None,
    };
    match at.and_then(|at| vm.heap.set_remove(id, at)) {
        Some(key) => Ok(key),
        None => vm.raise(class::KEY_ERROR, "pop from an empty set"),
    }
}

fn update(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    for &other in args.rest {
        vm.once(|vm| update_one(vm, id, other).map(|()| Value::None))?;
    }
    Ok(Value::None)
}

fn update_one(vm: &mut Vm, id: Id, other: Value) -> Outcome<()> {
    if merge::runs_python(vm, other) {
        return vm.helper("add_all", &[id.into(), other]).map(drop);
    }
    let other = Operand::read(vm, other)?;
    sequence::change(vm, BinaryOp::Or, id, &other)
}

fn difference_update(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    for &other in args.rest {
        vm.once(|vm| {
            let other = Operand::read(vm, other)?;
            sequence::change(vm, BinaryOp::Sub, id, &other).map(|()| Value::None)
        })?;
    }
    Ok(Value::None)
}

fn intersection_update(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let set = intersected(vm, args)?;
    vm.heap.set_payload(id, Payload::Set(Rc::new(set)));
    Ok(Value::None)
}

fn symmetric_difference_update(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let other = Operand::read(vm, args[1])?;
    sequence::change(vm, BinaryOp::Xor, id, &other).map(|()| Value::None)
}
