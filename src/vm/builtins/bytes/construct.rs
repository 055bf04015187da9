//! What `bytes(…)` and `bytearray(…)` take.

use crate::vm::class;
use crate::vm::codec;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert;
use crate::vm::object::Payload;
use crate::vm::value::Value;

/// `bytes.__new__`
pub fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().unwrap_or(class::BYTES);
    if class == class::BYTES && args.opt(2).is_none() && args.opt(3).is_none() {
        let exact = args
            .opt(1)
            .filter(|&source| vm.class_of(source) == class::BYTES);
        if let Some(source) = exact {
            return Ok(source);
        }
    }
    let bytes = contents(vm, args, "bytes")?;
    Ok(vm.object(class, Payload::Bytes(bytes.into())))
}

/// The bytes that the arguments `source`, `encoding` and `errors` (numbers 1 to 3) describe.
pub fn contents(vm: &mut Vm, args: &Args, kind: &str) -> Outcome<Vec<u8>> {
    let encoding = super::super::str::codec_name(vm, kind, "encoding", args[2])?;
    let errors = super::super::str::codec_name(vm, kind, "errors", args[3])?;
    let coded = encoding.is_some() || errors.is_some();
    let source = args.opt(1);
    if let Some(text) = source.filter(|&source| vm.as_text(source).is_some()) {
        return match coded {
            true => codec::encode(vm, text, encoding.as_deref(), errors.as_deref()),
            false => vm.type_error("string argument without an encoding"),
        };
    }
    if coded {
        return vm.type_error("encoding without a string argument");
    }
    let Some(source) = source else {
        return Ok(Vec::new());
    };
    if kind == "bytes"
        && let Some(bytes) = by_method(vm, source)?
    {
        return Ok(bytes);
    }
    if vm.as_bytes(source).is_none()
        && let Some(count) = convert::index_opt(vm, source)?
    {
        let count = convert::size(vm, count)?;
        return match usize::try_from(count) {
            Ok(count) if count <= vm.limits.bytes => Ok(vec![0; count]),
            Ok(_) => vm.raise_with(class::MEMORY_ERROR, &[]),
            Err(_) => vm.value_error("negative count"),
        };
    }
    from_items(vm, source, kind)
}

/// `bytes(object)` where an int means nothing: an argument of `int.from_bytes` and of the methods of bytearray.
pub fn from_object(vm: &mut Vm, object: Value) -> Outcome<Vec<u8>> {
    match by_method(vm, object)? {
        Some(bytes) => Ok(bytes),
        None => from_items(vm, object, "bytes"),
    }
}

fn by_method(vm: &mut Vm, object: Value) -> Outcome<Option<Vec<u8>>> {
    let class = vm.class_of(object);
    if vm.is_builtin(class) {
        return Ok(None);
    }
    let Some(method) = vm.special(class, names::BYTES) else {
        return Ok(None);
    };
    let result = vm.call_special(method, object, &[])?;
    match vm.heap.content(result) {
        Some(Payload::Bytes(bytes)) => Ok(Some(bytes.to_vec())),
        _ => {
            let class = vm.class_name(result).to_owned();
            vm.type_error(format!("__bytes__ returned non-bytes (type {class})"))
        }
    }
}

fn from_items(vm: &mut Vm, source: Value, kind: &str) -> Outcome<Vec<u8>> {
    if let Some(bytes) = vm.as_bytes(source) {
        return Ok(bytes.to_vec());
    }
    if !vm.is_iterable(source) || vm.as_text(source).is_some() {
        let class = vm.class_name(source).to_owned();
        return vm.type_error(format!("cannot convert '{class}' object to {kind}"));
    }
    let message = match kind {
        "bytes" => "bytes must be in range(0, 256)",
        _ => "byte must be in range(0, 256)",
    };
    let items = vm.collect(source)?;
    items
        .into_iter()
        .map(|item| byte(vm, item, message))
        .collect()
}

/// One byte, given as an int.
pub fn byte(vm: &mut Vm, value: Value, message: &str) -> Outcome<u8> {
    let number = convert::index(vm, value)?;
    match vm
        .as_i64(number)
        .and_then(|number| u8::try_from(number).ok())
    {
        Some(byte) => Ok(byte),
        None => vm.value_error(message),
    }
}
