//! `collections.deque` (`Modules/_collectionsmodule.c`).

use super::{Member, slots};
use crate::vm::class;
use crate::vm::deque::{self, Deque, End};
use crate::vm::machine::Vm;
use crate::vm::merge;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Special methods.
pub static SLOTS: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new),
    Member::slot("__init__", "self, iterable=(), maxlen=None", init),
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
    Member::slot("__getitem__", "self, key, /", slots::getitem),
    Member::slot("__setitem__", "self, key, value, /", slots::setitem),
    Member::slot("__delitem__", "self, key, /", slots::delitem),
    Member::slot("__add__", "self, value, /", slots::add),
    Member::slot("__mul__", "self, value, /", slots::mul),
    Member::slot("__rmul__", "self, value, /", slots::mul),
    Member::slot("__iadd__", "self, value, /", slots::iadd),
    Member::slot("__imul__", "self, value, /", slots::imul),
    Member::method("__reversed__", "self, /", slots::reversed),
    Member::method("__copy__", "self, /", copy),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
];

/// Methods.
pub static METHODS: &[Member] = &[
    Member::method("append", "self, item, /", |vm, args| {
        push(vm, args, End::Back)
    }),
    Member::method("appendleft", "self, item, /", |vm, args| {
        push(vm, args, End::Front)
    }),
    Member::method("clear", "self, /", clear),
    Member::method("copy", "self, /", copy),
    Member::method("count", "self, value, /", count),
    Member::method("extend", "self, iterable, /", extend),
    Member::method("extendleft", "self, iterable, /", extend_left),
    Member::method(
        "index",
        "self, value, start=0, stop=9223372036854775807, /",
        index,
    ),
    Member::method("insert", "self, index, value, /", insert),
    Member::method("pop", "self, /", |vm, args| pop(vm, args, End::Back)),
    Member::method("popleft", "self, /", |vm, args| pop(vm, args, End::Front)),
    Member::method("remove", "self, value, /", remove),
    Member::method("reverse", "self, /", reverse),
    Member::method("rotate", "self, n=1, /", rotate),
    Member::getter("maxlen", maxlen),
];

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    Ok(vm.object(class, Payload::Deque(Rc::default())))
}

fn init(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let maxlen = match args[2].or_none() {
        Value::None => None,
        Value::Int(..0) => return vm.value_error("maxlen must be non-negative"),
        Value::Int(number) => Some(number),
        given if vm.as_big(given).is_some() => {
            Some(convert::c_integer(vm, given, convert::CType::Ssize)?)
        }
        _ => return vm.type_error("an integer is required"),
    };
    let items = match args.opt(1) {
        Some(iterable) => vm.collect(iterable)?,
        None if maxlen.is_none() && deque::is_new(vm, id) => return Ok(Value::None),
        None => Vec::new(),
    };
    let empty = Deque {
        maxlen,
        ..Deque::default()
    };
    vm.heap.set_payload(id, Payload::Deque(Rc::new(empty)));
    deque::refill(vm, id, items.into_iter());
    Ok(Value::None)
}

fn len(vm: &Vm, id: Id) -> usize {
    deque::of(vm, id).map_or(0, |deque| deque.items.len())
}

fn item_at(vm: &Vm, id: Id, at: usize) -> Option<Value> {
    deque::of(vm, id)?.items.get(at).copied()
}

fn push(vm: &mut Vm, args: &Args, end: End) -> Outcome {
    let id = slots::this(vm, args)?;
    let room = len(vm, id) + 1;
    vm.check_items(room)?;
    deque::push(vm, id, end, args[1]);
    Ok(Value::None)
}

fn pop(vm: &mut Vm, args: &Args, end: End) -> Outcome {
    let id = slots::this(vm, args)?;
    match deque::pop(vm, id, end) {
        Some(item) => Ok(item),
        None => vm.raise(class::INDEX_ERROR, "pop from an empty deque"),
    }
}

fn clear(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    deque::refill(vm, id, std::iter::empty());
    Ok(Value::None)
}

fn copy(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let items = deque::items(vm, id);
    Ok(deque::like(vm, id, items))
}

fn count(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let (mut at, mut count) = (0, 0);
    while let Some(item) = item_at(vm, id, at) {
        count += i64::from(vm.eq(item, args[1])?);
        at += 1;
    }
    Ok(Value::Int(count))
}

fn extend(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    deque::extend(vm, id, args[1]).map(|()| Value::None)
}

fn extend_left(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    if merge::runs_python(vm, args[1]) {
        return vm.helper("extend_left", &[args[0], args[1]]);
    }
    for item in vm.collect(args[1])? {
        deque::push(vm, id, End::Front, item);
    }
    Ok(Value::None)
}

/// The position of an item at or behind `start`, before `stop`.
fn find(vm: &mut Vm, id: Id, wanted: Value, start: i64, stop: i64) -> Outcome<Option<usize>> {
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
        if vm.eq(item, wanted)? {
            return Ok(Some(at as usize));
        }
        at += 1;
    }
    Ok(None)
}

fn index(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let start = convert::slice_position(vm, args[2], 0)?;
    let stop = convert::slice_position(vm, args[3], i64::MAX)?;
    match find(vm, id, args[1], start, stop)? {
        Some(at) => Ok(Value::Int(at as i64)),
        None => vm.value_error("deque.index(x): x not in deque"),
    }
}

fn insert(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let at = convert::size(vm, args[1])?;
    let size = len(vm, id);
    if deque::maxlen(vm, id).is_some_and(|maxlen| size as i64 >= maxlen) {
        return vm.raise(class::INDEX_ERROR, "deque already at its maximum size");
    }
    let at = match at {
        ..0 => at.saturating_add(size as i64).max(0) as usize,
        _ => usize::try_from(at).map_or(size, |at| at.min(size)),
    };
    deque::insert(vm, id, at, args[2]);
    Ok(Value::None)
}

fn remove(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    match find(vm, id, args[1], 0, i64::MAX)? {
        Some(at) => {
            deque::remove(vm, id, at);
            Ok(Value::None)
        }
        None => vm.value_error("deque.remove(x): x not in deque"),
    }
}

fn reverse(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    deque::permute(vm, id, |items| items.make_contiguous().reverse());
    Ok(Value::None)
}

fn rotate(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let steps = match args.opt(1) {
        Some(steps) => convert::size(vm, steps)?,
        None => 1,
    };
    let size = len(vm, id) as i64;
    if size > 1 {
        let right = steps.rem_euclid(size) as usize;
        deque::permute(vm, id, |items| items.rotate_right(right));
    }
    Ok(Value::None)
}

fn maxlen(vm: &mut Vm, args: &Args) -> Outcome {
    let id = slots::this(vm, args)?;
    let maxlen = deque::maxlen(vm, id);
    Ok(maxlen.map_or(Value::None, Value::Int))
}
