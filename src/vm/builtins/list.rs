//! `list` (`Objects/listobject.c`).

use super::object::no_keywords;
use super::{Member, slots};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use crate::vm::{merge, sort};
use std::rc::Rc;

/// Special methods.
pub static SLOTS: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new),
    Member::slot("__init__", "self, iterable=(), /, **kwargs", init),
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__lt__", "self, value, /", slots::lt),
    Member::slot("__le__", "self, value, /", slots::le),
    Member::slot("__gt__", "self, value, /", slots::gt),
    Member::slot("__ge__", "self, value, /", slots::ge),
    Member::slot("__len__", "self, /", slots::len),
    Member::slot("__iter__", "self, /", slots::iter),
    Member::slot("__contains__", "self, key, /", slots::contains),
    Member::slot("__getitem__", "self, index, /", slots::getitem),
    Member::slot("__setitem__", "self, key, value, /", slots::setitem),
    Member::slot("__delitem__", "self, key, /", slots::delitem),
    Member::slot("__add__", "self, value, /", slots::add),
    Member::slot("__mul__", "self, value, /", slots::mul),
    Member::slot("__rmul__", "self, value, /", slots::mul),
    Member::slot("__iadd__", "self, value, /", slots::iadd),
    Member::slot("__imul__", "self, value, /", slots::imul),
    Member::method("__reversed__", "self, /", slots::reversed),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
];

/// Methods.
pub static METHODS: &[Member] = &[
    Member::method("append", "self, object, /", append),
    Member::method("clear", "self, /", clear),
    Member::method("copy", "self, /", copy),
    Member::method("count", "self, value, /", count),
    Member::method("extend", "self, iterable, /", extend),
    Member::method(
        "index",
        "self, value, start=0, stop=9223372036854775807, /",
        index,
    ),
    Member::method("insert", "self, index, object, /", insert),
    Member::method("pop", "self, index=-1, /", pop),
    Member::method("remove", "self, value, /", remove),
    Member::method("reverse", "self, /", reverse),
    Member::method("sort", "self, /, *, key=None, reverse=False", sort_method),
];

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    Ok(vm.object(class, Payload::List(Rc::default())))
}

fn init(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    no_keywords(vm, args, vm.class_of(args[0]), names::NEW, "list")?;
    let items = match args.opt(1) {
        Some(iterable) => vm.collect_list(iterable)?,
        None => Vec::new(),
    };
    vm.check_items(items.len())?;
    vm.heap.set_payload(id, Payload::List(Rc::new(items)));
    Ok(Value::None)
}

fn len(vm: &Vm, id: Id) -> usize {
    vm.heap.items(id).map_or(0, <[Value]>::len)
}

fn append(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let room = len(vm, id) + 1;
    vm.check_items(room)?;
    vm.heap.list_push(id, args[1]);
    Ok(Value::None)
}

fn clear(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    vm.heap.list_splice(id, 0..usize::MAX, &[]);
    Ok(Value::None)
}

fn copy(vm: &mut Vm, args: &Args) -> Outcome {
    let items = vm.items(args[0]).unwrap_or_default().to_vec();
    Ok(vm.list(items))
}

/// `list.count` and `tuple.count`
pub fn count(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let (mut at, mut count) = (0, 0);
    while let Some(item) = item_at(vm, id, at) {
        count += i64::from(vm.eq(item, args[1])?);
        at += 1;
    }
    vm.work_on_items(at);
    Ok(Value::Int(count))
}

fn item_at(vm: &Vm, id: Id, at: usize) -> Option<Value> {
    vm.heap.items(id)?.get(at).copied()
}

fn extend(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    merge::extend(vm, id, args[1]).map(|()| Value::None)
}

/// `list.index` and `tuple.index`
pub fn index(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let start = convert::slice_position(vm, args[2], 0)?;
    let stop = convert::slice_position(vm, args[3], i64::MAX)?;
    let size = len(vm, id) as i64;
    let from_end = |at: i64| {
        if at < 0 {
            at.saturating_add(size).max(0)
        } else {
            at
        }
    };
    let (mut at, stop) = (from_end(start), from_end(stop));
    while at < stop
        && let Some(item) = item_at(vm, id, at as usize)
    {
        if vm.eq(item, args[1])? {
            vm.work_on_items(at as usize);
            return Ok(Value::Int(at));
        }
        at += 1;
    }
    let kind = match vm.heap.payload(id) {
        Payload::Tuple(_) => "tuple",
        _ => "list",
    };
    vm.value_error(format!("{kind}.index(x): x not in {kind}"))
}

fn insert(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let at = convert::size(vm, args[1])?;
    let size = len(vm, id);
    let at = match at {
        ..0 => at.saturating_add(size as i64).max(0) as usize,
        _ => usize::try_from(at).map_or(size, |at| at.min(size)),
    };
    vm.heap.list_splice(id, at..at, &[args[2]]);
    Ok(Value::None)
}

fn pop(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let at = match args.opt(1) {
        Some(index) => convert::size(vm, index)?,
        None => -1,
    };
    let size = len(vm, id) as i64;
    if size == 0 {
        return vm.raise(class::INDEX_ERROR, "pop from empty list");
    }
    let at = if at < 0 { at.saturating_add(size) } else { at };
    match usize::try_from(at).ok().and_then(|at| item_at(vm, id, at)) {
        Some(item) => {
            vm.heap.list_splice(id, at as usize..at as usize + 1, &[]);
            Ok(item)
        }
        None => vm.raise(class::INDEX_ERROR, "pop index out of range"),
    }
}

fn remove(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let mut at = 0;
    while let Some(item) = item_at(vm, id, at) {
        if vm.eq(item, args[1])? {
            vm.work_on_items(at);
            vm.heap.list_splice(id, at..at + 1, &[]);
            return Ok(Value::None);
        }
        at += 1;
    }
    vm.value_error("list.remove(x): x not in list")
}

fn reverse(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    vm.work_on_items(len(vm, id));
    if let Some(items) = vm.heap.list_mut(id) {
        items.reverse();
    }
    Ok(Value::None)
}

fn sort_method(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let reverse = match args.opt(2) {
        Some(reverse) => vm.truth(reverse)?,
        None => false,
    };
    sort::sort(vm, id, args[1].or_none(), reverse).map(|()| Value::None)
}
