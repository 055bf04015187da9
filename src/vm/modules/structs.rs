//! `_struct`: floats as the bits that C stores, in 2, 4 or 8 bytes.

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::value::Value;
use num_traits::ToPrimitive;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_struct",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

static FUNCTIONS: &[NativeDef] = &[
    function("float_to_bits", "number, size, /", float_to_bits),
    function("bits_to_float", "bits, size, /", bits_to_float),
];

fn float_to_bits(vm: &mut Vm, args: &Args) -> Outcome {
    let number = vm.as_float(args[0]).unwrap_or(0.0);
    let number = if number.is_nan() {
        // The payload only tells objects apart.
        f64::NAN.copysign(number)
    } else {
        number
    };
    let bits = match vm.as_i64(args[1]) {
        Some(2) => half_bits(number),
        Some(4) => single_bits(number),
        _ => Some(number.to_bits()),
    };
    match (bits, vm.as_i64(args[1])) {
        (Some(bits), _) => Ok(vm.int(bits)),
        (None, Some(2)) => vm.raise(
            class::OVERFLOW_ERROR,
            "float too large to pack with e format",
        ),
        (None, _) => vm.raise(
            class::OVERFLOW_ERROR,
            "float too large to pack with f format",
        ),
    }
}

fn bits_to_float(vm: &mut Vm, args: &Args) -> Outcome {
    let bits = vm
        .as_big(args[0])
        .and_then(|bits| bits.to_u64())
        .unwrap_or(0);
    Ok(Value::Float(match vm.as_i64(args[1]) {
        Some(2) => from_half(bits as u16),
        Some(4) => f32::from_bits(bits as u32).into(),
        _ => f64::from_bits(bits),
    }))
}

fn single_bits(number: f64) -> Option<u64> {
    let single = number as f32;
    (single.is_finite() || !number.is_finite()).then(|| single.to_bits().into())
}

/// The nearest half-precision number, ties to even; nothing if it is too large.
fn half_bits(number: f64) -> Option<u64> {
    let sign = (number.to_bits() >> 63) << 15;
    let size = number.abs();
    if number.is_nan() {
        return Some(sign | 0x7e00);
    }
    if size.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // Below 2^-14 halves are evenly spaced by 2^-24; above, by 2^-10 of their power of two.
    let exponent = ((size.to_bits() >> 52) as i32 - 1023).max(-14);
    let units = libm::rint(libm::scalbn(size, 10 - exponent)) as u64;
    let bits = match units < 0x400 {
        true => units,
        false => ((exponent + 15) as u64) * 0x400 + (units - 0x400),
    };
    (bits < 0x7c00).then_some(sign | bits)
}

fn from_half(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3ff);
    let size = match bits >> 10 & 0x1f {
        0 => libm::scalbn(fraction, -24),
        31 if bits & 0x3ff == 0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => libm::scalbn(fraction + 1024.0, i32::from(exponent) - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}
