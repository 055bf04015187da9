//! Formatting of ints.

use super::super::class;
use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::number::{Number, convert, int};
use super::super::value::Value;
use super::field::Parts;
use super::float;
use super::spec::Spec;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

/// `format(number, spec)`; `value` is the object, for messages.
pub fn format(vm: &mut Vm, number: &Number, spec: &Spec, value: Value) -> Outcome {
    match spec.kind {
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => {
            let number = convert::real(vm, number)?;
            return float::format(vm, number, spec, value);
        }
        None | Some('b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n') => {}
        Some(_) => return spec.unknown_kind(vm, value),
    }
    if spec.precision.is_some() {
        return vm.value_error("Precision not allowed in integer format specifier");
    }
    if spec.positive_zero {
        return vm
            .value_error("Negative zero coercion (z) not allowed in integer format specifier");
    }
    let number = number.to_big().unwrap_or_default();
    let parts = match spec.kind {
        Some('c') => character(vm, &number, spec)?,
        _ => digits(vm, &number, spec)?,
    };
    let text = parts.fit(vm, spec)?;
    Ok(vm.str(text))
}

fn character(vm: &mut Vm, number: &BigInt, spec: &Spec) -> Outcome<Parts> {
    if spec.sign.is_some() {
        return vm.value_error("Sign not allowed with integer format specifier 'c'");
    }
    if spec.alternate {
        return vm.value_error("Alternate form (#) not allowed with integer format specifier 'c'");
    }
    match number.to_u32().and_then(char::from_u32) {
        Some(c) => Ok(Parts {
            whole: c.to_string(),
            ..Parts::default()
        }),
        None if number.to_i64().is_none() => vm.raise(
            class::OVERFLOW_ERROR,
            "Python int too large to convert to C long",
        ),
        None => vm.raise(class::OVERFLOW_ERROR, "%c arg not in range(0x110000)"),
    }
}

fn digits(vm: &mut Vm, number: &BigInt, spec: &Spec) -> Outcome<Parts> {
    let (base, prefix, group) = match spec.kind {
        Some('b') => (2, "0b", 4),
        Some('o') => (8, "0o", 4),
        Some('x') => (16, "0x", 4),
        Some('X') => (16, "0X", 4),
        _ => (10, "", 3),
    };
    let magnitude = number.abs();
    let mut whole = match base {
        10 => int::to_str(vm, &magnitude)?,
        _ => int::digits(&magnitude, base),
    };
    if spec.kind == Some('X') {
        whole.make_ascii_uppercase();
    }
    Ok(Parts {
        negative: number.is_negative(),
        prefix: if spec.alternate { prefix } else { "" },
        whole,
        group,
        ..Parts::default()
    })
}
