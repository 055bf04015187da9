//! Iterators as objects: `enumerate`, `zip`, `map`, `filter`, `reversed`, and those that containers give
//! (`Objects/iterobject.c`, `Objects/enumobject.c`, `Python/bltinmodule.c`).

use super::{Member, slots};
use crate::vm::class;
use crate::vm::iter::Iter;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert;
use crate::vm::object::Payload;
use crate::vm::ranges;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// What all iterators of containers have.
pub static ITERATOR: &[Member] = &[
    Member::slot("__iter__", "self, /", slots::itself),
    Member::slot("__next__", "self, /", slots::next),
    Member::method("__length_hint__", "self, /", length_hint),
];

/// The iterators over what a context holds, which tell how much that is.
pub static CONTEXT_ITERATOR: &[Member] = &[
    Member::slot("__iter__", "self, /", slots::itself),
    Member::slot("__next__", "self, /", slots::next),
    Member::slot("__len__", "self, /", len_of_all),
];

/// Methods of `enumerate`.
pub static ENUMERATE: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new_enumerate),
    Member::slot("__iter__", "self, /", slots::itself),
    Member::slot("__next__", "self, /", slots::next),
    Member::class_method("__class_getitem__", "cls, object, /", slots::class_getitem),
];

/// Methods of `zip`.
pub static ZIP: &[Member] = &[
    Member::static_method("__new__", "cls, /, *iterables, strict=False", new_zip),
    Member::slot("__iter__", "self, /", slots::itself),
    Member::slot("__next__", "self, /", slots::next),
];

/// Methods of `map`.
pub static MAP: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, strict=False", new_map),
    Member::slot("__iter__", "self, /", slots::itself),
    Member::slot("__next__", "self, /", slots::next),
];

/// Methods of `filter`.
pub static FILTER: &[Member] = &[
    Member::static_method("__new__", "cls, function, iterable, /", new_filter),
    Member::slot("__iter__", "self, /", slots::itself),
    Member::slot("__next__", "self, /", slots::next),
];

/// Methods of `reversed`.
pub static REVERSED: &[Member] = &[
    Member::static_method("__new__", "cls, sequence, /", new_reversed),
    Member::slot("__iter__", "self, /", slots::itself),
    Member::slot("__next__", "self, /", slots::next),
    Member::method("__length_hint__", "self, /", length_hint),
];

fn object(vm: &mut Vm, class: Id, iter: Iter) -> Outcome {
    Ok(vm.object(class, Payload::Iter(Rc::new(iter))))
}

/// How many items there are, those that were given already included.
fn len_of_all(vm: &mut Vm, args: &Args) -> Outcome {
    let all = match vm.heap.content(args[0]) {
        Some(Payload::Iter(iter)) => match **iter {
            Iter::Sequence { of, .. } => vm.heap.items(of).map_or(0, <[Value]>::len),
            _ => 0,
        },
        _ => 0,
    };
    Ok(Value::Int(all as i64))
}

/// How many items are left, as far as that is known.
fn length_hint(vm: &mut Vm, args: &Args) -> Outcome {
    let iter = match vm.heap.content(args[0]) {
        Some(Payload::Iter(iter)) => **iter,
        _ => Iter::Done,
    };
    let behind = |len: usize, at: usize| Value::Int(len.saturating_sub(at) as i64);
    Ok(match iter {
        Iter::Sequence { of, at } => behind(vm.heap.items(of).map_or(0, <[Value]>::len), at),
        Iter::ReverseList { left, .. } | Iter::ReverseDeque { left, .. } => behind(left, 0),
        Iter::Str { of, at } => {
            let rest = vm.as_str(of.into()).and_then(|text| text.get(at..));
            behind(rest.map_or(0, |rest| rest.chars().count()), 0)
        }
        Iter::Bytes { of, at } => behind(vm.as_bytes(of.into()).map_or(0, <[u8]>::len), at),
        Iter::Range { left, .. } => vm.int(left),
        Iter::BigRange { left, .. } => left,
        Iter::Dict { of, at, .. } => {
            let entries = vm.heap.dict(of).map_or(0, |dict| {
                (at..dict.positions())
                    .filter(|&at| dict.entry(at).is_some())
                    .count()
            });
            behind(entries, 0)
        }
        Iter::ReverseDict { of, before, .. } => {
            let entries = vm.heap.dict(of).map_or(0, |dict| {
                (0..before).filter(|&at| dict.entry(at).is_some()).count()
            });
            behind(entries, 0)
        }
        Iter::Set { of, at, .. } => {
            let mut left = 0;
            let mut from = at;
            while let Some((found, _)) = vm.heap.set(of).and_then(|set| set.next(from)) {
                (left, from) = (left + 1, found + 1);
            }
            behind(left, 0)
        }
        Iter::Deque { of, at, .. } => behind(vm.len(of.into())? as usize, at),
        Iter::ReverseGetItem { left, .. } => Value::Int(left),
        _ => Value::Int(0),
    })
}

fn new_enumerate(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    let named = |vm: &Vm, name: &str| {
        let found = args
            .keywords
            .iter()
            .find(|(key, _)| vm.as_str(*key) == Some(name));
        found.map(|&(_, value)| value)
    };
    let unknown = { args.keywords.iter() }
        .filter_map(|(key, _)| vm.as_str(*key))
        .find(|key| !["iterable", "start"].contains(key));
    if let Some(name) = unknown {
        let message = format!("'{name}' is an invalid keyword argument for enumerate()");
        return vm.type_error(message);
    }
    let iterable = args.rest.first().copied().or_else(|| named(vm, "iterable"));
    let start = args.rest.get(1).copied().or_else(|| named(vm, "start"));
    if args.rest.len() + args.keywords.len() > 2 {
        let count = args.rest.len() + args.keywords.len();
        return vm.type_error(format!(
            "enumerate() takes at most 2 arguments ({count} given)"
        ));
    }
    let Some(iterable) = iterable else {
        return vm.type_error("enumerate() missing required argument 'iterable'");
    };
    let next = match start {
        Some(start) => convert::index(vm, start)?,
        None => Value::Int(0),
    };
    let of = vm.iter(iterable)?;
    object(vm, class, Iter::Enumerate { of, next })
}

/// A tuple with an iterator for each iterable.
fn iterators(vm: &mut Vm, iterables: &[Value]) -> Outcome {
    let mut all = Vec::with_capacity(iterables.len());
    for &iterable in iterables {
        all.push(vm.iter(iterable)?);
    }
    Ok(vm.tuple(all))
}

fn strict(vm: &mut Vm, args: &Args) -> Outcome<bool> {
    match args.opt(1) {
        Some(strict) => vm.truth(strict),
        None => Ok(false),
    }
}

fn new_zip(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    let strict = strict(vm, args)?;
    let of = iterators(vm, args.rest)?;
    object(vm, class, Iter::Zip { of, strict })
}

fn new_map(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    let strict = strict(vm, args)?;
    let [function, iterables @ ..] = args.rest else {
        return vm.type_error("map() must have at least two arguments.");
    };
    if iterables.is_empty() {
        return vm.type_error("map() must have at least two arguments.");
    }
    let of = iterators(vm, iterables)?;
    let function = *function;
    object(
        vm,
        class,
        Iter::Map {
            function,
            of,
            strict,
        },
    )
}

fn new_filter(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    let of = vm.iter(args[2])?;
    let function = match args[1].is(class::BOOL.into()) {
        true => Value::None,
        false => args[1],
    };
    object(vm, class, Iter::Filter { function, of })
}

fn new_reversed(vm: &mut Vm, args: &Args) -> Outcome {
    let class = slots::class_argument(vm, args)?;
    let (sequence, kind) = (args[1], vm.class_of(args[1]));
    if vm.is_builtin(kind)
        && let Some(iterator) = vm.builtin_reversed(sequence)
    {
        return Ok(iterator);
    }
    match vm.lookup(kind, names::REVERSED) {
        Some(Value::None) => {}
        Some(method) => return vm.call_special(method, sequence, &[]),
        None if is_sequence(vm, sequence, kind) => {
            let left = vm.len(sequence)?;
            return object(vm, class, Iter::ReverseGetItem { of: sequence, left });
        }
        None => {}
    }
    let class = vm.class_name(sequence);
    vm.type_error(format!("'{class}' object is not reversible"))
}

fn is_sequence(vm: &Vm, value: Value, class: Id) -> bool {
    let indexed = match vm.heap.content(value) {
        Some(Payload::Dict(_) | Payload::Set(_) | Payload::MappingProxy(_)) => false,
        Some(Payload::Str(_) | Payload::Bytes(_) | Payload::ByteArray(_) | Payload::Tuple(_)) => {
            true
        }
        _ => vm.special(class, names::GETITEM).is_some(),
    };
    indexed || ranges::parts(vm, value).is_some()
}
