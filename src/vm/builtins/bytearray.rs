//! `bytearray`: what changes it.

use super::bytes::{self, byte};
use super::{Member, slots};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::object::Payload;
use crate::vm::slices;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// What only `bytearray` has.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, *args, **kwargs", |vm, args| {
        let class = args[0].id().unwrap_or(class::BYTEARRAY);
        Ok(vm.object(class, Payload::ByteArray(Rc::default())))
    }),
    Member::slot(
        "__init__",
        "self, source=b'', encoding='utf-8', errors='strict'",
        |vm, args| {
            let bytes = bytes::contents(vm, args, "bytearray")?;
            replace(vm, args, bytes)
        },
    ),
    Member::slot("__setitem__", "self, key, value, /", slots::setitem),
    Member::slot("__delitem__", "self, key, /", slots::delitem),
    Member::slot("__iadd__", "self, value, /", slots::iadd),
    Member::slot("__imul__", "self, value, /", slots::imul),
    Member::method("append", "self, item, /", |vm, args| {
        let item = byte(vm, args[1], RANGE)?;
        resize(vm, args, |bytes| bytes.push(item))
    }),
    Member::method("clear", "self, /", |vm, args| resize(vm, args, Vec::clear)),
    Member::method("copy", "self, /", |vm, args| {
        let bytes = own(vm, args);
        Ok(vm.object(class::BYTEARRAY, Payload::ByteArray(Rc::new(bytes))))
    }),
    Member::method("extend", "self, iterable_of_ints, /", extend),
    Member::method("insert", "self, index, item, /", insert),
    Member::method("pop", "self, index=-1, /", pop),
    Member::method("remove", "self, value, /", remove),
    Member::method("reverse", "self, /", |vm, args| {
        change(vm, args, |bytes| bytes.reverse())
    }),
    Member::method("resize", "self, size, /", |vm, args| {
        let size = convert::c_integer(vm, args[1], CType::Ssize)?;
        match usize::try_from(size) {
            Ok(size) if size <= vm.limits.bytes => resize(vm, args, |bytes| bytes.resize(size, 0)),
            Ok(_) => vm.raise_with(class::MEMORY_ERROR, &[]),
            Err(_) => vm.value_error(format!("Can only resize to positive sizes, got {size}")),
        }
    }),
];

const RANGE: &str = "byte must be in range(0, 256)";

fn own(vm: &Vm, args: &Args) -> Vec<u8> {
    vm.as_bytes(args[0]).unwrap_or_default().to_vec()
}

fn replace(vm: &mut Vm, args: &Args, bytes: Vec<u8>) -> Outcome {
    vm.check_resizable(args[0])?;
    if let Some(id) = args[0].id() {
        vm.heap.set_payload(id, Payload::ByteArray(Rc::new(bytes)));
    }
    Ok(Value::None)
}

/// Changes the bytes in place.
fn change(vm: &mut Vm, args: &Args, change: impl FnOnce(&mut Vec<u8>)) -> Outcome {
    if let Some(bytes) = args[0].id().and_then(|id| content(vm, id)) {
        change(bytes);
    }
    Ok(Value::None)
}

/// Changes bytes and their number.
fn resize(vm: &mut Vm, args: &Args, change_bytes: impl FnOnce(&mut Vec<u8>)) -> Outcome {
    vm.check_resizable(args[0])?;
    change(vm, args, change_bytes)
}

fn content(vm: &mut Vm, id: Id) -> Option<&mut Vec<u8>> {
    match vm.heap.payload_mut(id) {
        Payload::ByteArray(bytes) => Some(Rc::make_mut(bytes)),
        _ => None,
    }
}

fn extend(vm: &mut Vm, args: &Args) -> Outcome {
    let more = match vm.as_bytes(args[1]) {
        Some(bytes) => bytes.to_vec(),
        None if vm.as_text(args[1]).is_some() => {
            return vm.type_error("expected iterable of integers; got: 'str'");
        }
        None if !vm.is_iterable(args[1]) => {
            let class = vm.class_name(args[1]).to_owned();
            return vm.type_error(format!("can't extend bytearray with {class}"));
        }
        None => {
            let items = vm.collect(args[1])?;
            items
                .into_iter()
                .map(|item| byte(vm, item, RANGE))
                .collect::<Outcome<Vec<u8>>>()?
        }
    };
    if own(vm, args).len() + more.len() > vm.limits.bytes {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    resize(vm, args, |bytes| bytes.extend(more))
}

fn insert(vm: &mut Vm, args: &Args) -> Outcome {
    let index = convert::c_integer(vm, args[1], CType::Ssize)?;
    let item = byte(vm, args[2], RANGE)?;
    resize(vm, args, |bytes| {
        let at = slices::from_end(index, bytes.len()).min(bytes.len());
        bytes.insert(at, item);
    })
}

fn pop(vm: &mut Vm, args: &Args) -> Outcome {
    let index = match args.opt(1) {
        None => -1,
        Some(index) => convert::c_integer(vm, index, CType::Ssize)?,
    };
    let length = own(vm, args).len();
    if length == 0 {
        return vm.raise(class::INDEX_ERROR, "pop from empty bytearray");
    }
    let at = if index < 0 {
        index + length as i64
    } else {
        index
    };
    match usize::try_from(at).ok().filter(|&at| at < length) {
        None => vm.raise(class::INDEX_ERROR, "pop index out of range"),
        Some(at) => {
            let mut popped = 0;
            resize(vm, args, |bytes| popped = bytes.remove(at))?;
            Ok(Value::Int(popped.into()))
        }
    }
}

fn remove(vm: &mut Vm, args: &Args) -> Outcome {
    let item = byte(vm, args[1], RANGE)?;
    match own(vm, args).iter().position(|&byte| byte == item) {
        None => vm.value_error("value not found in bytearray"),
        Some(at) => resize(vm, args, |bytes| {
            bytes.remove(at);
        }),
    }
}
