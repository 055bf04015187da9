//! Functions of and to ints.

use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::{convert, float, int};
use crate::vm::value::Value;
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// `floor`
pub fn floor(vm: &mut Vm, args: &Args) -> Outcome {
    rounded(vm, args[0], names::FLOOR, libm::floor)
}

/// `ceil`
pub fn ceil(vm: &mut Vm, args: &Args) -> Outcome {
    rounded(vm, args[0], names::CEIL, libm::ceil)
}

fn rounded(vm: &mut Vm, value: Value, name: Value, round: fn(f64) -> f64) -> Outcome {
    if let Value::Float(number) = value {
        return float::to_int(vm, round(number));
    }
    if let Some(method) = vm.special(vm.class_of(value), name) {
        return vm.call_special(method, value, &[]);
    }
    let number = convert::float(vm, value)?;
    float::to_int(vm, round(number))
}

/// `trunc`
pub fn trunc(vm: &mut Vm, args: &Args) -> Outcome {
    match vm.special(vm.class_of(args[0]), names::TRUNC) {
        Some(method) => vm.call_special(method, args[0], &[]),
        None => {
            let class = vm.class_name(args[0]).to_owned();
            vm.type_error(format!("type {class} doesn't define __trunc__ method"))
        }
    }
}

fn greatest_common_divisor(vm: &mut Vm, a: BigInt, b: BigInt) -> Outcome<BigInt> {
    let words = a.bits().max(b.bits()) / 64 + 1;
    int::check_work(vm, words.saturating_mul(words).saturating_mul(64))?;
    let (mut a, mut b) = (a.abs(), b.abs());
    while !b.is_zero() {
        (a, b) = (b.clone(), a % b);
    }
    Ok(a)
}

/// `gcd`
pub fn gcd(vm: &mut Vm, args: &Args) -> Outcome {
    let mut result = BigInt::ZERO;
    for &value in args.rest {
        let number = convert::big(vm, value)?;
        result = greatest_common_divisor(vm, result, number)?;
    }
    Ok(vm.int(result))
}

/// `lcm`
pub fn lcm(vm: &mut Vm, args: &Args) -> Outcome {
    let mut result = BigInt::one();
    for &value in args.rest {
        let number = convert::big(vm, value)?;
        if number.is_zero() {
            return Ok(Value::Int(0));
        }
        int::check_bits(vm, result.bits() + number.bits())?;
        let divisor = greatest_common_divisor(vm, result.clone(), number.clone())?;
        result = (result / divisor * number).abs();
    }
    Ok(vm.int(result))
}

/// `isqrt`
pub fn isqrt(vm: &mut Vm, args: &Args) -> Outcome {
    let number = convert::big(vm, args[0])?;
    if number.is_negative() {
        return vm.value_error("isqrt() argument must be nonnegative");
    }
    Ok(vm.int(number.sqrt()))
}

/// The product of `first`, `first + 1`, … `last`, by halves.
fn product(first: u64, last: u64) -> BigInt {
    if first > last {
        return BigInt::one();
    }
    if last - first < 8 {
        return (first..=last).map(BigInt::from).product();
    }
    let middle = first + (last - first) / 2;
    product(first, middle) * product(middle + 1, last)
}

/// `factorial`
pub fn factorial(vm: &mut Vm, args: &Args) -> Outcome {
    let number = convert::big(vm, args[0])?;
    if number.is_negative() {
        return vm.value_error("factorial() not defined for negative values");
    }
    let Some(number) = number.to_i64().map(i64::unsigned_abs) else {
        return vm.raise(
            class::OVERFLOW_ERROR,
            format!("factorial() argument should not exceed {}", i64::MAX),
        );
    };
    // Stirling: a little less than this many bits.
    let bits = u64::from(64 - number.leading_zeros()).saturating_mul(number);
    int::check_bits(vm, bits)?;
    Ok(vm.int(product(2, number)))
}

/// `n` and `k` of a choice.
fn choice(vm: &mut Vm, args: &Args) -> Outcome<(BigInt, BigInt)> {
    let n = convert::big(vm, args[0])?;
    let k = convert::big(vm, args[1])?;
    if n.is_negative() {
        return vm.value_error("n must be a non-negative integer");
    }
    if k.is_negative() {
        return vm.value_error("k must be a non-negative integer");
    }
    Ok((n, k))
}

/// `comb`
pub fn comb(vm: &mut Vm, args: &Args) -> Outcome {
    let (n, k) = choice(vm, args)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let k = k.clone().min(&n - k);
    let Some(k) = k.to_i64().map(i64::unsigned_abs) else {
        let message = format!("min(n - k, k) must not exceed {}", i64::MAX);
        return vm.raise(class::OVERFLOW_ERROR, message);
    };
    int::check_bits(vm, n.bits().saturating_mul(k))?;
    let mut result = BigInt::one();
    for i in 0..k {
        result = result * (&n - i) / (i + 1);
    }
    Ok(vm.int(result))
}

/// `perm`
pub fn perm(vm: &mut Vm, args: &Args) -> Outcome {
    if args.opt(1).is_none_or(Value::is_none) {
        return factorial(vm, args);
    }
    let (n, k) = choice(vm, args)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let Some(k) = k.to_i64().map(i64::unsigned_abs) else {
        let message = format!("k must not exceed {}", i64::MAX);
        return vm.raise(class::OVERFLOW_ERROR, message);
    };
    int::check_bits(vm, n.bits().saturating_mul(k))?;
    let result: BigInt = (0..k).map(|i| &n - i).product();
    Ok(vm.int(result))
}
