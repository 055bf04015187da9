//! Sums and products of many numbers.

use crate::bytecode::op::BinaryOp;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::{Number, convert, float};
use crate::vm::value::Value;

fn floats(vm: &mut Vm, items: &[Value]) -> Outcome<Vec<f64>> {
    items.iter().map(|&item| convert::float(vm, item)).collect()
}

/// `fsum`: rounded once.
pub fn fsum(vm: &mut Vm, args: &Args) -> Outcome {
    let items = vm.collect(args[0])?;
    let numbers = floats(vm, &items)?;
    if numbers.iter().any(|number| !number.is_finite()) {
        let special: f64 = numbers.iter().filter(|number| !number.is_finite()).sum();
        if special.is_nan() && !numbers.iter().any(|number| number.is_nan()) {
            return vm.value_error("-inf + inf in fsum");
        }
        return Ok(special.into());
    }
    let sum = float::sum_of_products(numbers.into_iter().map(|number| (number, 1.0)));
    match sum.is_infinite() {
        true => vm.raise(class::OVERFLOW_ERROR, "intermediate overflow in fsum"),
        false => Ok(sum.into()),
    }
}

/// `hypot`
pub fn hypot(vm: &mut Vm, args: &Args) -> Outcome {
    let numbers = floats(vm, args.rest)?;
    Ok(float::norm(&numbers).into())
}

/// `dist`
pub fn dist(vm: &mut Vm, args: &Args) -> Outcome {
    let p = vm.collect(args[0])?;
    let q = vm.collect(args[1])?;
    if p.len() != q.len() {
        return vm.value_error("both points must have the same number of dimensions");
    }
    let (p, q) = (floats(vm, &p)?, floats(vm, &q)?);
    let differences: Vec<f64> = p.iter().zip(&q).map(|(a, b)| (a - b).abs()).collect();
    Ok(float::norm(&differences).into())
}

/// `prod`
pub fn prod(vm: &mut Vm, args: &Args) -> Outcome {
    let items = vm.collect(args[0])?;
    let mut product = args.opt(1).unwrap_or(Value::Int(1));
    for item in items {
        product = vm.binary(BinaryOp::Mul, product, item)?;
    }
    Ok(product)
}

/// `sumprod`: exact for ints, rounded once for floats.
pub fn sumprod(vm: &mut Vm, args: &Args) -> Outcome {
    let p = vm.collect(args[0])?;
    let q = vm.collect(args[1])?;
    if p.len() != q.len() {
        return vm.value_error("Inputs are not the same length");
    }
    let all = || p.iter().chain(&q);
    let any_float = all().any(|&item| matches!(item, Value::Float(_)));
    let real = all().all(|&item| {
        matches!(item, Value::Float(number) if number.is_finite())
            || matches!(Number::of(vm, item), Some(Number::Small(_)))
    });
    if any_float && real {
        let (p, q) = (floats(vm, &p)?, floats(vm, &q)?);
        return Ok(float::sum_of_products(p.into_iter().zip(q)).into());
    }
    let mut sum = Value::Int(0);
    for (&a, &b) in p.iter().zip(&q) {
        let product = vm.binary(BinaryOp::Mul, a, b)?;
        sum = vm.binary(BinaryOp::Add, sum, product)?;
    }
    Ok(sum)
}
