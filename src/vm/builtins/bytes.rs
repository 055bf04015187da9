//! `bytes`, and what it shares with `bytearray`; families of methods are in the files below.

mod construct;
mod hex;
mod layout;
mod search;
mod split;

pub use construct::{byte, contents, from_object};

use super::{Member, slots};
use crate::vm::class;
use crate::vm::codec;
use crate::vm::format;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::Value;
use std::rc::Rc;

/// What only `bytes` has.
pub static METHODS: &[Member] = &[
    Member::static_method(
        "__new__",
        "cls, source=b'', encoding='utf-8', errors='strict'",
        construct::new,
    ),
    Member::slot("__hash__", "self, /", slots::hash),
    Member::method("__getnewargs__", "self, /", |vm, args| {
        let bytes = vm.bytes(own(vm, args));
        Ok(vm.tuple([bytes]))
    }),
    Member::method("__bytes__", "self, /", |vm, args| {
        Ok(vm.bytes(own(vm, args)))
    }),
];

/// What every immutable or mutable text of characters or bytes does as a sequence; str has it as well.
pub static SEQUENCE: &[Member] = &[
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__len__", "self, /", slots::len),
    Member::slot("__getitem__", "self, key, /", slots::getitem),
    Member::slot("__contains__", "self, key, /", slots::contains),
    Member::slot("__iter__", "self, /", slots::iter),
    Member::slot("__add__", "self, value, /", slots::add),
    Member::slot("__mul__", "self, value, /", slots::mul),
    Member::slot("__rmul__", "self, value, /", slots::mul),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__lt__", "self, value, /", slots::lt),
    Member::slot("__le__", "self, value, /", slots::le),
    Member::slot("__gt__", "self, value, /", slots::gt),
    Member::slot("__ge__", "self, value, /", slots::ge),
];

/// What `bytes` and `bytearray` share; results are of the kind of `self`.
pub static COMMON: &[Member] = &[
    Member::slot("__mod__", "self, value, /", |vm, args| {
        format::percent(vm, args[0], args[1])
    }),
    Member::method("capitalize", "self, /", layout::capitalize),
    Member::method("center", "self, width, fillchar=b' ', /", layout::center),
    Member::method("count", "self, sub, start=None, end=None, /", search::count),
    Member::method(
        "decode",
        "self, /, encoding='utf-8', errors='strict'",
        decode,
    ),
    Member::method(
        "endswith",
        "self, suffix, start=None, end=None, /",
        search::endswith,
    ),
    Member::method("expandtabs", "self, /, tabsize=8", layout::expandtabs),
    Member::method("find", "self, sub, start=None, end=None, /", search::find),
    Member::class_method("fromhex", "cls, string, /", hex::fromhex),
    Member::method("hex", "self, /, sep=None, bytes_per_sep=1", hex::hex),
    Member::method("index", "self, sub, start=None, end=None, /", search::index),
    Member::method("isalnum", "self, /", |vm, args| {
        all(vm, args, |b| b.is_ascii_alphanumeric())
    }),
    Member::method("isalpha", "self, /", |vm, args| {
        all(vm, args, |b| b.is_ascii_alphabetic())
    }),
    Member::method("isascii", "self, /", |vm, args| {
        Ok(own(vm, args).is_ascii().into())
    }),
    Member::method("isdigit", "self, /", |vm, args| {
        all(vm, args, |b| b.is_ascii_digit())
    }),
    Member::method("islower", "self, /", layout::islower),
    Member::method("isspace", "self, /", |vm, args| all(vm, args, is_space)),
    Member::method("istitle", "self, /", layout::istitle),
    Member::method("isupper", "self, /", layout::isupper),
    Member::method("join", "self, iterable_of_bytes, /", split::join),
    Member::method("ljust", "self, width, fillchar=b' ', /", layout::ljust),
    Member::method("lower", "self, /", |vm, args| {
        map(vm, args, |b| b.to_ascii_lowercase())
    }),
    Member::method("lstrip", "self, bytes=None, /", split::lstrip),
    Member::static_method("maketrans", "frm, to, /", search::maketrans),
    Member::method("partition", "self, sep, /", split::partition),
    Member::method("removeprefix", "self, prefix, /", search::removeprefix),
    Member::method("removesuffix", "self, suffix, /", search::removesuffix),
    Member::method("replace", "self, old, new, count=-1, /", search::replace),
    Member::method("rfind", "self, sub, start=None, end=None, /", search::rfind),
    Member::method(
        "rindex",
        "self, sub, start=None, end=None, /",
        search::rindex,
    ),
    Member::method("rjust", "self, width, fillchar=b' ', /", layout::rjust),
    Member::method("rpartition", "self, sep, /", split::rpartition),
    Member::method("rsplit", "self, /, sep=None, maxsplit=-1", split::rsplit),
    Member::method("rstrip", "self, bytes=None, /", split::rstrip),
    Member::method("split", "self, /, sep=None, maxsplit=-1", split::split),
    Member::method("splitlines", "self, /, keepends=False", split::splitlines),
    Member::method(
        "startswith",
        "self, prefix, start=None, end=None, /",
        search::startswith,
    ),
    Member::method("strip", "self, bytes=None, /", split::strip),
    Member::method("swapcase", "self, /", |vm, args| map(vm, args, swapped)),
    Member::method("title", "self, /", layout::title),
    Member::method("translate", "self, table, /, delete=b''", search::translate),
    Member::method("upper", "self, /", |vm, args| {
        map(vm, args, |b| b.to_ascii_uppercase())
    }),
    Member::method("zfill", "self, width, /", layout::zfill),
];

/// The bytes of `self`.
fn own(vm: &Vm, args: &Args) -> Vec<u8> {
    vm.as_bytes(args[0]).unwrap_or_default().to_vec()
}

/// A result of the same kind as an object: bytearray or bytes.
fn like(vm: &mut Vm, object: Value, bytes: Vec<u8>) -> Value {
    match vm.heap.content(object) {
        Some(Payload::ByteArray(_)) => {
            vm.object(class::BYTEARRAY, Payload::ByteArray(Rc::new(bytes)))
        }
        _ => vm.bytes(bytes),
    }
}

/// The bytes of a bytes-like argument.
pub fn buffer(vm: &mut Vm, value: Value) -> Outcome<Vec<u8>> {
    match vm.as_bytes(value) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!("a bytes-like object is required, not '{class}'"))
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn swapped(byte: u8) -> u8 {
    match byte.is_ascii_uppercase() {
        true => byte.to_ascii_lowercase(),
        false => byte.to_ascii_uppercase(),
    }
}

fn map(vm: &mut Vm, args: &Args, change: fn(u8) -> u8) -> Outcome {
    let bytes = own(vm, args).into_iter().map(change).collect();
    Ok(like(vm, args[0], bytes))
}

/// Is it not empty, and does the test hold for all bytes?
fn all(vm: &mut Vm, args: &Args, test: impl Fn(u8) -> bool) -> Outcome {
    let bytes = own(vm, args);
    Ok((!bytes.is_empty() && bytes.into_iter().all(test)).into())
}

fn decode(vm: &mut Vm, args: &Args) -> Outcome {
    let encoding = super::str::codec_name(vm, "decode", "encoding", args[1])?;
    let errors = super::str::codec_name(vm, "decode", "errors", args[2])?;
    let text = codec::decode(vm, args[0], encoding.as_deref(), errors.as_deref())?;
    Ok(vm.str(text))
}
