//! Floats: IEEE arithmetic with Python's division, and exact passage between floats and ints.

use super::super::class;
use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::value::Value;
use super::complex::Complex;
use super::division_by_zero;
use crate::bytecode::op::BinaryOp;
use num_bigint::BigInt;
use num_traits::FromPrimitive;
use std::cmp::Ordering;

/// Has the operator a meaning for floats?
pub fn supports(op: BinaryOp) -> bool {
    use BinaryOp::{Add, Div, FloorDiv, Mod, Mul, Pow, Sub};
    matches!(op, Add | Sub | Mul | Div | FloorDiv | Mod | Pow)
}

/// `a op b`
pub fn binary(vm: &mut Vm, op: BinaryOp, a: f64, b: f64) -> Outcome<Option<Value>> {
    let value = match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div | BinaryOp::FloorDiv | BinaryOp::Mod if b == 0.0 => {
            return division_by_zero(vm);
        }
        BinaryOp::Div => a / b,
        BinaryOp::FloorDiv => divmod(a, b).0,
        BinaryOp::Mod => divmod(a, b).1,
        BinaryOp::Pow => return power(vm, a, b).map(Some),
        _ => return Ok(None),
    };
    Ok(Some(value.into()))
}

/// Quotient rounded down, and the remainder with the sign of the divisor, which is not zero.
pub fn divmod(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = libm::fmod(a, b);
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = libm::copysign(0.0, b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (libm::copysign(0.0, a / b), remainder);
    }
    let floor = libm::floor(quotient);
    let floor = if quotient - floor > 0.5 {
        floor + 1.0
    } else {
        floor
    };
    (floor, remainder)
}

/// `a ** b`, which is complex for a negative base and a broken exponent.
pub fn power(vm: &mut Vm, a: f64, b: f64) -> Outcome {
    if a == 0.0 && b < 0.0 {
        return vm.raise(class::ZERO_DIVISION_ERROR, "zero to a negative power");
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && libm::floor(b) != b {
        let (base, exponent) = (Complex { re: a, im: 0.0 }, Complex { re: b, im: 0.0 });
        return super::complex::power(vm, base, exponent);
    }
    let value = libm::pow(a, b);
    if value.is_infinite() && a.is_finite() && b.is_finite() {
        return out_of_range(vm);
    }
    Ok(value.into())
}

/// Raises what the C library's range error becomes.
pub fn out_of_range<T>(vm: &mut Vm) -> Outcome<T> {
    let message = vm.str("Numerical result out of range");
    vm.raise_with(class::OVERFLOW_ERROR, &[Value::Int(34), message])
}

/// Compares a float with an int by their exact values; `None` for NaN.
pub fn cmp_int(a: f64, b: &BigInt) -> Option<Ordering> {
    if a.is_nan() {
        return None;
    }
    if a.is_infinite() {
        return Some(if a > 0.0 {
            Ordering::Greater
        } else {
            Ordering::Less
        });
    }
    let whole = BigInt::from_f64(libm::floor(a))?;
    let rest = if libm::floor(a) == a {
        Ordering::Equal
    } else {
        Ordering::Greater
    };
    Some(whole.cmp(b).then(rest))
}

/// `int(a)`
pub fn to_int(vm: &mut Vm, a: f64) -> Outcome {
    match BigInt::from_f64(a) {
        Some(value) => Ok(vm.int(value)),
        None if a.is_nan() => vm.value_error("cannot convert float NaN to integer"),
        None => vm.raise(
            class::OVERFLOW_ERROR,
            "cannot convert float infinity to integer",
        ),
    }
}

/// Numerator and denominator of a finite float, in lowest terms.
pub fn ratio(a: f64) -> (BigInt, BigInt) {
    let (mantissa, exponent) = libm::frexp(a);
    let mut mantissa = libm::ldexp(mantissa, 53) as i64;
    let mut exponent = exponent - 53;
    if mantissa == 0 {
        return (BigInt::ZERO, 1.into());
    }
    let zeros = mantissa.trailing_zeros();
    mantissa >>= zeros;
    exponent += zeros as i32;
    let one = BigInt::from(1);
    match exponent >= 0 {
        true => (BigInt::from(mantissa) << exponent.unsigned_abs(), one),
        false => (mantissa.into(), one << exponent.unsigned_abs()),
    }
}

/// `round(a)`: half to even.
pub fn round_half_even(a: f64) -> f64 {
    let rounded = libm::round(a);
    match (a - rounded).abs() == 0.5 {
        true => 2.0 * libm::round(a / 2.0),
        false => rounded,
    }
}

/// `mantissa * 2 ** exponent`, rounded half to even once, also where the result is subnormal.
pub fn from_scaled(mantissa: u128, exponent: i32) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let bits = 128 - mantissa.leading_zeros() as i32;
    // The weight of the last bit that the result can hold.
    let last = (exponent + bits - 53).max(-1074);
    let drop = last - exponent;
    let kept = match drop {
        ..=0 => return libm::ldexp(mantissa as f64, exponent),
        1..=127 => round_shift(mantissa, drop as u32),
        _ => 0,
    };
    libm::ldexp(kept as f64, last)
}

fn round_shift(mantissa: u128, drop: u32) -> u128 {
    let kept = mantissa >> drop;
    let rest = mantissa & ((1 << drop) - 1);
    let half = 1 << (drop - 1);
    kept + u128::from(rest > half || rest == half && kept & 1 == 1)
}
