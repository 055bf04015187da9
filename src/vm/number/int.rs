//! Ints of any size: machine words as long as they suffice, big integers beyond.

use super::super::class;
use super::super::machine::Vm;
use super::super::native::Outcome;
use super::super::value::Value;
use super::{division_by_zero, float};
use crate::bytecode::op::{BinaryOp, UnaryOp};
use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Bits of the largest int that an operation may make. Larger ones would hold the page up for seconds, as
/// multiplication and division of big integers take more than linear time.
const MAX_BITS: u64 = 1 << 22;

/// Ints up to this magnitude are floats exactly.
const EXACT: i64 = 1 << 53;

/// `a op b`
pub fn binary_small(vm: &mut Vm, op: BinaryOp, a: i64, b: i64) -> Outcome<Option<Value>> {
    let fast = match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mul => a.checked_mul(b),
        BinaryOp::FloorDiv => floor_div(a, b),
        BinaryOp::Mod => floor_mod(a, b),
        BinaryOp::And => Some(a & b),
        BinaryOp::Or => Some(a | b),
        BinaryOp::Xor => Some(a ^ b),
        BinaryOp::LShift => shift_left(a, b),
        BinaryOp::RShift => (b >= 0).then(|| a >> b.min(63)),
        BinaryOp::Pow => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
        BinaryOp::Div
            if b != 0 && a.abs_diff(0) <= EXACT as u64 && b.abs_diff(0) <= EXACT as u64 =>
        {
            return Ok(Some((a as f64 / b as f64).into()));
        }
        BinaryOp::Div => None,
        BinaryOp::MatMul => return Ok(None),
    };
    match fast {
        Some(value) => Ok(Some(value.into())),
        None => binary(vm, op, &a.into(), &b.into()),
    }
}

pub fn floor_div(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    let inexact = a % b != 0 && (a < 0) != (b < 0);
    Some(quotient - i64::from(inexact))
}

pub fn floor_mod(a: i64, b: i64) -> Option<i64> {
    let remainder = a.checked_rem(b)?;
    let adjust = remainder != 0 && (remainder < 0) != (b < 0);
    Some(if adjust { remainder + b } else { remainder })
}

fn shift_left(a: i64, b: i64) -> Option<i64> {
    let shifted = a.checked_shl(u32::try_from(b).ok()?)?;
    (shifted >> b == a).then_some(shifted)
}

/// `a op b`
pub fn binary(vm: &mut Vm, op: BinaryOp, a: &BigInt, b: &BigInt) -> Outcome<Option<Value>> {
    if matches!(op, BinaryOp::FloorDiv | BinaryOp::Mod) {
        vm.work_on_product(a.bits(), b.bits());
    }
    let value = match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => {
            check_bits(vm, a.bits() + b.bits())?;
            vm.work_on_product(a.bits(), b.bits());
            a * b
        }
        BinaryOp::Div => return true_divide(vm, a, b).map(|quotient| Some(quotient.into())),
        BinaryOp::FloorDiv | BinaryOp::Mod if b.is_zero() => return division_by_zero(vm),
        BinaryOp::FloorDiv => divmod(a, b).0,
        BinaryOp::Mod => divmod(a, b).1,
        BinaryOp::Pow => return power(vm, a, b).map(Some),
        BinaryOp::LShift => shift(vm, a, b, Direction::Left)?,
        BinaryOp::RShift => shift(vm, a, b, Direction::Right)?,
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        BinaryOp::MatMul => return Ok(None),
    };
    Ok(Some(vm.int(value)))
}

/// `-a`, `+a`, `~a`
pub fn unary(vm: &mut Vm, op: UnaryOp, a: &BigInt) -> Option<Value> {
    Some(match op {
        UnaryOp::Neg => vm.int(-a),
        UnaryOp::Pos => vm.int(a.clone()),
        UnaryOp::Invert => vm.int(!a),
        UnaryOp::Not => return None,
    })
}

/// Quotient rounded down, and the remainder with the sign of the divisor, which is not zero.
pub fn divmod(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (quotient, remainder) = (a / b, a % b);
    if !remainder.is_zero() && remainder.is_negative() != b.is_negative() {
        return (quotient - 1, remainder + b);
    }
    (quotient, remainder)
}

/// Refuses results that would be too large to work with.
pub fn check_bits(vm: &mut Vm, bits: u64) -> Outcome<()> {
    if bits > MAX_BITS {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    Ok(())
}

/// Refuses what would take more steps than a few seconds allow.
pub fn check_work(vm: &mut Vm, steps: u64) -> Outcome<()> {
    if steps > 1 << 32 {
        return vm.raise_with(class::MEMORY_ERROR, &[]);
    }
    Ok(())
}

enum Direction {
    Left,
    Right,
}

fn shift(vm: &mut Vm, a: &BigInt, by: &BigInt, direction: Direction) -> Outcome<BigInt> {
    if by.is_negative() {
        return vm.value_error("negative shift count");
    }
    match (direction, by.to_u64()) {
        _ if a.is_zero() => Ok(BigInt::ZERO),
        (Direction::Left, None) => vm.raise(class::OVERFLOW_ERROR, "too many digits in integer"),
        (Direction::Left, Some(by)) => {
            check_bits(vm, a.bits().saturating_add(by))?;
            Ok(a << by)
        }
        (Direction::Right, Some(by)) if by <= a.bits() => Ok(a >> by),
        (Direction::Right, _) if a.is_negative() => Ok(BigInt::from(-1)),
        (Direction::Right, _) => Ok(BigInt::ZERO),
    }
}

fn power(vm: &mut Vm, base: &BigInt, exponent: &BigInt) -> Outcome {
    if exponent.is_negative() {
        let (a, b) = (to_float(vm, base)?, to_float(vm, exponent)?);
        return float::power(vm, a, b);
    }
    if base.is_zero() || base.abs().is_one() {
        let odd = exponent.bit(0);
        return Ok(match (base.is_zero(), base.is_negative() && !odd) {
            (true, _) => Value::Int(exponent.is_zero().into()),
            (false, true) => Value::Int(1),
            (false, false) if exponent.is_zero() => Value::Int(1),
            (false, false) => vm.int(base.clone()),
        });
    }
    let exponent = exponent.to_u32().unwrap_or(u32::MAX);
    check_bits(vm, (base.bits() - 1).saturating_mul(exponent.into()))?;
    Ok(vm.int(base.pow(exponent)))
}

/// `pow(base, exponent, modulus)`
pub fn power_modulo(vm: &mut Vm, base: BigInt, exponent: BigInt, modulus: BigInt) -> Outcome {
    if modulus.is_zero() {
        return vm.value_error("pow() 3rd argument cannot be 0");
    }
    // Each bit of the exponent costs a multiplication modulo `modulus`.
    let words = modulus.bits() / 64 + 1;
    check_work(
        vm,
        exponent.bits().saturating_mul(words).saturating_mul(words),
    )?;
    let (base, exponent) = match exponent.is_negative() {
        false => (base, exponent),
        true => match divmod(&base, &modulus).1.modinv(&modulus) {
            Some(inverse) => (inverse, -exponent),
            None => return vm.value_error("base is not invertible for the given modulus"),
        },
    };
    Ok(vm.int(base.modpow(&exponent, &modulus)))
}

/// `float(a)`
pub fn to_float(vm: &mut Vm, a: &BigInt) -> Outcome<f64> {
    match a.to_f64() {
        Some(value) if value.is_finite() => Ok(value),
        _ => vm.raise(class::OVERFLOW_ERROR, "int too large to convert to float"),
    }
}

/// `a / b`, correctly rounded.
pub fn true_divide(vm: &mut Vm, a: &BigInt, b: &BigInt) -> Outcome<f64> {
    if b.is_zero() {
        return division_by_zero(vm);
    }
    match quotient(a, b) {
        Some(value) => Ok(value),
        None => vm.raise(
            class::OVERFLOW_ERROR,
            "integer division result too large for a float",
        ),
    }
}

/// The float nearest to `a / b`; `None` when it is too large.
pub fn quotient(a: &BigInt, b: &BigInt) -> Option<f64> {
    let negative = a.is_negative() != b.is_negative();
    let (a, b) = (a.magnitude(), b.magnitude());
    if a.is_zero() {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    let difference = a.bits() as i64 - b.bits() as i64;
    if difference > 1025 {
        return None;
    }
    if difference < -1080 {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    // Scale so that the quotient has at least 55 bits, or as many as a subnormal result can use, and remember in its
    // last bit whether something was cut off: then one rounding, when it becomes a float, is exact.
    let shift = (difference - 66).max(-1080);
    let (numerator, denominator) = match shift <= 0 {
        true => (a << shift.unsigned_abs(), b.clone()),
        false => (a.clone(), b << shift.unsigned_abs()),
    };
    let mut scaled = &numerator / &denominator;
    if !(&numerator % &denominator).is_zero() {
        scaled.set_bit(0, true);
    }
    let value = float::from_scaled(scaled.to_u128()?, shift as i32);
    value
        .is_finite()
        .then_some(if negative { -value } else { value })
}

/// Is it an even number?
pub fn is_even(a: &BigInt) -> bool {
    !a.bit(0)
}

/// `a` rounded half to even to a multiple of `unit`, which is positive.
pub fn round_to(a: &BigInt, unit: &BigInt) -> BigInt {
    let (quotient, remainder) = divmod(a, unit);
    let up = match (&remainder * 2u8).cmp(unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => !is_even(&quotient),
        std::cmp::Ordering::Greater => true,
    };
    (quotient + i32::from(up)) * unit
}

/// The digits of an int in a base up to 36, with a minus sign if it is negative.
pub fn digits(a: &BigInt, base: u32) -> String {
    a.to_str_radix(base.clamp(2, 36))
}

/// Most decimal digits that conversions between int and str handle (`sys.get_int_max_str_digits()`).
pub const MAX_STR_DIGITS: usize = 4300;

/// `str(a)`
pub fn to_str(vm: &mut Vm, a: &BigInt) -> Outcome<String> {
    // 10 ** 4300 has 14285 bits.
    let text = match a.bits() <= 14_300 {
        true => a.to_string(),
        false => String::new(),
    };
    let digits = text.len() - usize::from(a.sign() == Sign::Minus && !text.is_empty());
    if digits == 0 || digits > MAX_STR_DIGITS {
        return vm.value_error(format!(
            "Exceeds the limit ({MAX_STR_DIGITS} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn power(base: i32, exponent: u32) -> BigInt {
        BigInt::from(base).pow(exponent)
    }

    #[test]
    fn quotients_are_rounded_once() {
        assert_eq!(quotient(&power(10, 400), &power(10, 399)), Some(10.0));
        assert_eq!(
            quotient(&(power(2, 53) + 1), &BigInt::from(1)),
            Some(9007199254740992.0)
        );
        assert_eq!(quotient(&BigInt::from(1), &power(2, 1074)), Some(5e-324));
        assert_eq!(quotient(&BigInt::from(-1), &power(10, 400)), Some(-0.0));
        assert_eq!(quotient(&power(10, 309), &BigInt::from(1)), None);
    }

    #[test]
    fn division_rounds_down_and_rounding_is_half_even() {
        let both = |a: i32, b: i32| {
            let (quotient, remainder) = divmod(&a.into(), &b.into());
            (quotient.to_string(), remainder.to_string())
        };
        assert_eq!(both(-7, 2), ("-4".into(), "1".into()));
        assert_eq!(both(7, -2), ("-4".into(), "-1".into()));
        assert_eq!(
            round_to(&BigInt::from(25), &BigInt::from(10)),
            BigInt::from(20)
        );
        assert_eq!(
            round_to(&BigInt::from(-35), &BigInt::from(10)),
            BigInt::from(-40)
        );
    }
}
