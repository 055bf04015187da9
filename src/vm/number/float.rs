//! Floats: IEEE arithmetic with Python's division, and exact passage between floats and ints.

use super::super::class;
use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::value::Value;
use super::complex::Complex;
use super::{division_by_zero, elementary};
use crate::bytecode::op::BinaryOp;
use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed, ToPrimitive};
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
    let value = elementary::pow(a, b);
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

/// A finite float as an int mantissa and a power of two.
pub fn split(a: f64) -> (i64, i32) {
    let (mantissa, exponent) = libm::frexp(a);
    (libm::ldexp(mantissa, 53) as i64, exponent - 53)
}

/// `mantissa * 2 ** exponent` rounded half to even; infinite if it is too large.
pub fn from_big(mantissa: &BigInt, exponent: i32) -> f64 {
    let bits = mantissa.bits();
    let drop = bits.saturating_sub(120);
    let magnitude = mantissa.magnitude();
    let mut head = magnitude >> drop;
    // What is cut off only matters by being there at all.
    if magnitude.trailing_zeros().is_some_and(|zeros| zeros < drop) {
        head.set_bit(0, true);
    }
    let scale = i64::from(exponent).saturating_add(drop as i64);
    let scale = scale.clamp(-100_000, 100_000) as i32;
    let value = from_scaled(head.to_u128().unwrap_or(u128::MAX), scale);
    if mantissa.is_negative() {
        -value
    } else {
        value
    }
}

/// The sum of products of finite floats, rounded once.
pub fn sum_of_products(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    // All products are multiples of the square of the least float.
    const LEAST: i32 = -2 * 1074;
    let mut sum = BigInt::ZERO;
    for (a, b) in pairs {
        let ((a, p), (b, q)) = (split(a), split(b));
        let product = i128::from(a) * i128::from(b);
        if product == 0 {
            continue;
        }
        let shift = p + q - LEAST;
        sum += match shift >= 0 {
            true => BigInt::from(product) << shift.unsigned_abs(),
            false => BigInt::from(product) >> shift.unsigned_abs(),
        };
    }
    from_big(&sum, LEAST)
}

/// The Euclidean length of a vector, rounded once.
pub fn norm(vector: &[f64]) -> f64 {
    if vector.iter().any(|part| part.is_infinite()) {
        return f64::INFINITY;
    }
    if vector.iter().any(|part| part.is_nan()) {
        return f64::NAN;
    }
    let least = vector
        .iter()
        .filter(|&&part| part != 0.0)
        .map(|&part| split(part).1)
        .min();
    let Some(least) = least else {
        return 0.0;
    };
    let mut sum = BigInt::ZERO;
    for &part in vector.iter().filter(|&&part| part != 0.0) {
        let (mantissa, exponent) = split(part);
        let square = BigInt::from(i128::from(mantissa) * i128::from(mantissa));
        sum += square << (2 * (exponent - least)).unsigned_abs();
    }
    square_root(&sum, 2 * least)
}

/// The square root of `mantissa * 2 ** exponent`, an even one, rounded once.
fn square_root(mantissa: &BigInt, exponent: i32) -> f64 {
    let scaled = mantissa << 128u32;
    let mut root = scaled.sqrt();
    if &root * &root != scaled {
        root.set_bit(0, true);
    }
    from_big(&root, exponent / 2 - 64)
}
