//! Functions of floats, and what they refuse.

use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::{Number, convert, elementary, float_repr};
use crate::vm::value::Value;
use num_traits::{Signed, ToPrimitive};

/// Where a function of one float is defined; decides how a result that is no number is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Everywhere; an infinite result of a finite argument is an overflow.
    All,
    /// Finite numbers.
    Finite,
    /// 0 ≤ x
    NonNegative,
    /// -1 ≤ x ≤ 1
    UpToOne,
    /// -1 < x < 1
    BelowOne,
    /// 1 ≤ x
    FromOne,
    /// -1 < x
    AboveMinusOne,
    /// Not the negative integers and zero.
    Gamma,
}

impl Domain {
    fn contains(self, x: f64) -> bool {
        match self {
            Self::All => true,
            Self::Finite => x.is_finite(),
            Self::NonNegative => x >= 0.0,
            Self::UpToOne => x.abs() <= 1.0,
            Self::BelowOne => x.abs() < 1.0,
            Self::FromOne => x >= 1.0,
            Self::AboveMinusOne => x > -1.0,
            Self::Gamma => x > 0.0 || libm::floor(x) != x,
        }
    }

    fn expectation(self) -> &'static str {
        match self {
            Self::All => "a number",
            Self::Finite => "a finite input",
            Self::NonNegative => "a nonnegative input",
            Self::UpToOne => "a number in range from -1 up to 1",
            Self::BelowOne => "a number between -1 and 1",
            Self::FromOne => "argument value not less than 1",
            Self::AboveMinusOne => "argument value > -1",
            Self::Gamma => "a noninteger or positive integer",
        }
    }
}

/// A function of one float.
pub fn elementary(vm: &mut Vm, value: Value, function: fn(f64) -> f64, domain: Domain) -> Outcome {
    let x = convert::float(vm, value)?;
    if !x.is_nan() && !domain.contains(x) {
        let (expected, shown) = (domain.expectation(), float_repr(x));
        return vm.value_error(format!("expected {expected}, got {shown}"));
    }
    let y = function(x);
    match y.is_infinite() && x.is_finite() {
        true => range_error(vm),
        false => Ok(y.into()),
    }
}

fn range_error<T>(vm: &mut Vm) -> Outcome<T> {
    vm.raise(class::OVERFLOW_ERROR, "math range error")
}

fn domain_error<T>(vm: &mut Vm) -> Outcome<T> {
    vm.value_error("math domain error")
}

/// The gamma function; exact for the factorials that are.
pub fn gamma(x: f64) -> f64 {
    match libm::floor(x) == x && (1.0..=23.0).contains(&x) {
        true => (1..x as u64).map(|n| n as f64).product(),
        false => libm::tgamma(x),
    }
}

/// The logarithm of the absolute value of the gamma function.
pub fn lgamma(x: f64) -> f64 {
    match x {
        1.0 | 2.0 => 0.0,
        _ if x.is_infinite() => f64::INFINITY,
        _ => libm::lgamma(x),
    }
}

fn two(vm: &mut Vm, args: &Args) -> Outcome<(f64, f64)> {
    Ok((convert::float(vm, args[0])?, convert::float(vm, args[1])?))
}

/// A function of two floats that is defined everywhere.
pub fn binary(vm: &mut Vm, args: &Args, function: fn(f64, f64) -> f64) -> Outcome {
    let (x, y) = two(vm, args)?;
    Ok(function(x, y).into())
}

/// A function of two floats that is no number outside its domain.
pub fn restricted(vm: &mut Vm, args: &Args, function: fn(f64, f64) -> f64) -> Outcome {
    let (x, y) = two(vm, args)?;
    let result = match y.is_infinite() && x.is_finite() {
        true => x,
        false => function(x, y),
    };
    match result.is_nan() && !x.is_nan() && !y.is_nan() {
        true => domain_error(vm),
        false => Ok(result.into()),
    }
}

/// `degrees` and `radians`
pub fn scale(vm: &mut Vm, args: &Args, factor: f64) -> Outcome {
    Ok((convert::float(vm, args[0])? * factor).into())
}

/// `isnan` and its kin
pub fn test(vm: &mut Vm, args: &Args, holds: fn(f64) -> bool) -> Outcome {
    Ok(holds(convert::float(vm, args[0])?).into())
}

/// `pow`
pub fn pow(vm: &mut Vm, args: &Args) -> Outcome {
    let (x, y) = two(vm, args)?;
    let result = elementary::pow(x, y);
    if !x.is_finite() || !y.is_finite() || result.is_finite() {
        return Ok(result.into());
    }
    match result.is_nan() || x == 0.0 {
        true => domain_error(vm),
        false => range_error(vm),
    }
}

/// `fma`: rounded once.
pub fn fma(vm: &mut Vm, args: &Args) -> Outcome {
    let (x, y) = two(vm, args)?;
    let z = convert::float(vm, args[2])?;
    let result = libm::fma(x, y, z);
    if result.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return vm.value_error("invalid operation in fma");
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return vm.raise(class::OVERFLOW_ERROR, "overflow in fma");
    }
    Ok(result.into())
}

/// `frexp`
pub fn frexp(vm: &mut Vm, args: &Args) -> Outcome {
    let x = convert::float(vm, args[0])?;
    let (mantissa, exponent) = match x.is_finite() {
        true => libm::frexp(x),
        false => (x, 0),
    };
    Ok(vm.tuple([mantissa.into(), Value::Int(exponent.into())]))
}

/// `ldexp`
pub fn ldexp(vm: &mut Vm, args: &Args) -> Outcome {
    let x = convert::float(vm, args[0])?;
    let Some(exponent) = vm.as_big(args[1]) else {
        return vm.type_error("Expected an int as second argument to ldexp.");
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(x.into());
    }
    let exponent = exponent.to_i32().unwrap_or(match exponent.is_negative() {
        true => i32::MIN,
        false => i32::MAX,
    });
    let result = libm::ldexp(x, exponent.clamp(-5000, 5000));
    match result.is_infinite() {
        true => range_error(vm),
        false => Ok(result.into()),
    }
}

/// `modf`
pub fn modf(vm: &mut Vm, args: &Args) -> Outcome {
    let x = convert::float(vm, args[0])?;
    let (fraction, whole) = match x.is_infinite() {
        true => (libm::copysign(0.0, x), x),
        false => libm::modf(x),
    };
    Ok(vm.tuple([fraction.into(), whole.into()]))
}

/// `isclose`
pub fn isclose(vm: &mut Vm, args: &Args) -> Outcome {
    let (a, b) = two(vm, args)?;
    let relative = args
        .opt(2)
        .map_or(Ok(1e-9), |value| convert::float(vm, value))?;
    let absolute = args
        .opt(3)
        .map_or(Ok(0.0), |value| convert::float(vm, value))?;
    if relative < 0.0 || absolute < 0.0 {
        return vm.value_error("tolerances must be non-negative");
    }
    if a == b || a.is_infinite() || b.is_infinite() {
        return Ok((a == b).into());
    }
    let difference = (b - a).abs();
    let close = difference <= (relative * b).abs()
        || difference <= (relative * a).abs()
        || difference <= absolute;
    Ok(close.into())
}

/// The logarithm of a positive number by one of the functions; also of ints beyond the floats.
fn positive_logarithm(vm: &mut Vm, value: Value, function: fn(f64) -> f64) -> Outcome<f64> {
    const MESSAGE: &str = "expected a positive input";
    if let Some(Number::Big(number)) = Number::of(vm, value) {
        if number.is_negative() {
            return vm.value_error(MESSAGE);
        }
        if number.bits() > 1000 {
            let shift = number.bits() - 64;
            let head = (number.as_ref() >> shift).to_f64().unwrap_or(1.0);
            // As a fraction and a power of two, like every float.
            let fraction = libm::ldexp(head, -64);
            return Ok(function(fraction) + function(2.0) * number.bits() as f64);
        }
    }
    let x = convert::float(vm, value)?;
    match x <= 0.0 {
        true => vm.value_error(MESSAGE),
        false => Ok(function(x)),
    }
}

/// `log2` and `log10`
pub fn logarithm(vm: &mut Vm, value: Value, function: fn(f64) -> f64) -> Outcome {
    Ok(positive_logarithm(vm, value, function)?.into())
}

/// `log`
pub fn log(vm: &mut Vm, args: &Args) -> Outcome {
    let numerator = positive_logarithm(vm, args[0], elementary::log)?;
    let Some(base) = args.opt(1) else {
        return Ok(numerator.into());
    };
    let denominator = positive_logarithm(vm, base, elementary::log)?;
    match denominator == 0.0 {
        true => crate::vm::number::division_by_zero(vm),
        false => Ok((numerator / denominator).into()),
    }
}

/// `nextafter`
pub fn nextafter(vm: &mut Vm, args: &Args) -> Outcome {
    let (x, y) = two(vm, args)?;
    let Some(steps) = args.opt(2).filter(|steps| !steps.is_none()) else {
        return Ok(libm::nextafter(x, y).into());
    };
    let steps = convert::big(vm, steps)?;
    if steps.is_negative() {
        return vm.value_error("steps must be a non-negative integer");
    }
    if x.is_nan() || y.is_nan() {
        return Ok(f64::NAN.into());
    }
    let steps = steps.to_i128().unwrap_or(i128::MAX);
    let (from, to) = (ordinal(x), ordinal(y));
    let moved = match from <= to {
        true => from.saturating_add(steps).min(to),
        false => from.saturating_sub(steps).max(to),
    };
    if moved == to {
        return Ok(if steps == 0 { x } else { y }.into());
    }
    Ok(libm::copysign(
        f64::from_bits(moved.unsigned_abs() as u64),
        if moved < 0 { -1.0 } else { 1.0 },
    )
    .into())
}

/// Floats in order as ints; both zeros are 0.
fn ordinal(x: f64) -> i128 {
    let magnitude = i128::from(x.abs().to_bits());
    if x.is_sign_negative() {
        -magnitude
    } else {
        magnitude
    }
}

/// `ulp`
pub fn ulp(vm: &mut Vm, args: &Args) -> Outcome {
    let x = convert::float(vm, args[0])?.abs();
    if !x.is_finite() {
        return Ok(x.into());
    }
    let above = libm::nextafter(x, f64::INFINITY);
    Ok(match above.is_infinite() {
        true => x - libm::nextafter(x, 0.0),
        false => above - x,
    }
    .into())
}
