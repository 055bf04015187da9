//! `hex` and `fromhex`.

use super::own;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert::{self, CType};
use crate::vm::object::Payload;
use std::fmt::Write;
use std::rc::Rc;

/// `hex`: two digits a byte, perhaps with a separator between groups, which are counted from the right, or from the left
/// if the count is negative.
pub fn hex(vm: &mut Vm, args: &Args) -> Outcome {
    let bytes = own(vm, args);
    let separator = match args.opt(1) {
        None => None,
        Some(value) => match (vm.as_str(value), vm.as_bytes(value)) {
            (Some(text), _) if text.len() == 1 => text.chars().next(),
            (_, Some(&[byte])) => Some(byte.into()),
            (None, None) => return vm.type_error("sep must be str or bytes."),
            _ => return vm.value_error("sep must be length 1."),
        },
    };
    let group = match args.opt(2) {
        None => 1,
        Some(group) => convert::c_integer(vm, group, CType::Int)?,
    };
    let size = group.unsigned_abs() as usize;
    let mut text = String::with_capacity(bytes.len() * 2);
    for (at, byte) in bytes.iter().enumerate() {
        let boundary = if group > 0 { bytes.len() - at } else { at };
        if let Some(separator) = separator.filter(|_| at > 0 && size > 0 && boundary % size == 0) {
            text.push(separator);
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(vm.str(text))
}

/// `fromhex`
pub fn fromhex(vm: &mut Vm, args: &Args) -> Outcome {
    let digits: Vec<u8> = match (vm.as_str(args[1]), vm.as_bytes(args[1])) {
        // Any other character stands for one that is no digit.
        (Some(text), _) => text.chars().map(|c| u8::try_from(c).unwrap_or(0)).collect(),
        (_, Some(bytes)) => bytes.to_vec(),
        _ => {
            let class = vm.class_name(args[1]).to_owned();
            return vm.type_error(format!(
                "fromhex() argument must be str or bytes-like, not {class}"
            ));
        }
    };
    let bytes = read(vm, &digits)?;
    let Some(class) = args[0].id() else {
        return Ok(vm.bytes(bytes));
    };
    match class {
        class::BYTES => Ok(vm.bytes(bytes)),
        class::BYTEARRAY => Ok(vm.object(class, Payload::ByteArray(Rc::new(bytes)))),
        _ => {
            let bytes = vm.once(|vm| Ok(vm.bytes(bytes)))?;
            vm.call(class.into(), &[bytes])
        }
    }
}

fn read(vm: &mut Vm, digits: &[u8]) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::with_capacity(digits.len() / 2);
    let mut at = 0;
    while let Some(&first) = digits.get(at) {
        if super::is_space(first) {
            at += 1;
            continue;
        }
        let value = |at: usize| {
            digits
                .get(at)
                .and_then(|&digit| (digit as char).to_digit(16))
        };
        match (value(at), value(at + 1)) {
            (Some(high), Some(low)) => bytes.push((high * 16 + low) as u8),
            (Some(_), None) if at + 1 >= digits.len() => {
                return vm.value_error(
                    "fromhex() arg must contain an even number of hexadecimal digits",
                );
            }
            (high, _) => {
                let position = at + usize::from(high.is_some());
                return vm.value_error(format!(
                    "non-hexadecimal number found in fromhex() arg at position {position}"
                ));
            }
        }
        at += 2;
    }
    Ok(bytes)
}
