//! Taking numbers out of arguments: exact ones at once, others by `__index__`, `__int__` and `__float__`.

use super::super::class;
use super::super::machine::Vm;
use super::super::names;
use super::super::native::Outcome;
use super::super::value::Value;
use super::{Number, int};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// A real number as a float; OverflowError for ints that are too large.
pub fn real(vm: &mut Vm, number: &Number) -> Outcome<f64> {
    match number {
        Number::Small(value) => Ok(*value as f64),
        Number::Big(value) => int::to_float(vm, value),
        Number::Float(value) => Ok(*value),
        Number::Complex(z) => Ok(z.re),
    }
}

/// `operator.index(value)`: an int value; TypeError when it is none.
pub fn index(vm: &mut Vm, value: Value) -> Outcome {
    match index_opt(vm, value)? {
        Some(value) => Ok(value),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!(
                "'{class}' object cannot be interpreted as an integer"
            ))
        }
    }
}

/// The same, `None` when the value is neither an int nor has `__index__`.
pub fn index_opt(vm: &mut Vm, value: Value) -> Outcome<Option<Value>> {
    match Number::of(vm, value) {
        Some(Number::Small(_) | Number::Big(_)) => return Ok(Some(value)),
        Some(_) if vm.is_builtin(vm.class_of(value)) => return Ok(None),
        _ => {}
    }
    let Some(method) = vm.special(vm.class_of(value), names::INDEX) else {
        return Ok(None);
    };
    let result = vm.call_special(method, value, &[])?;
    expect_int(vm, result, "__index__").map(Some)
}

/// Checks what `__index__`, `__int__` or `__trunc__` returned.
pub fn expect_int(vm: &mut Vm, result: Value, method: &str) -> Outcome {
    match Number::of(vm, result) {
        Some(Number::Small(_) | Number::Big(_)) => Ok(result),
        _ => {
            let class = vm.class_name(result).to_owned();
            vm.type_error(format!("{method} returned non-int (type {class})"))
        }
    }
}

/// `operator.index(value)` of any size.
pub fn big(vm: &mut Vm, value: Value) -> Outcome<BigInt> {
    let value = index(vm, value)?;
    Ok(vm.as_big(value).unwrap_or_default())
}

/// `operator.index(value)` as a size or position; OverflowError beyond 64 bits.
pub fn size(vm: &mut Vm, value: Value) -> Outcome<i64> {
    let number = index(vm, value)?;
    match vm.as_i64(number) {
        Some(number) => Ok(number),
        None => {
            let class = vm.class_name(value).to_owned();
            let message = format!("cannot fit '{class}' into an index-sized integer");
            vm.raise(class::OVERFLOW_ERROR, message)
        }
    }
}

/// An int argument that C code takes as `Py_ssize_t`, `long` or `int`, which the error names.
pub fn c_integer(vm: &mut Vm, value: Value, c_type: CType) -> Outcome<i64> {
    let number = big(vm, value)?;
    let fits = match c_type {
        CType::Int => number.to_i32().map(i64::from),
        CType::Long | CType::Ssize => number.to_i64(),
    };
    match fits {
        Some(number) => Ok(number),
        None => {
            let name = match c_type {
                CType::Int => "int",
                CType::Long => "long",
                CType::Ssize => "ssize_t",
            };
            let message = format!("Python int too large to convert to C {name}");
            vm.raise(class::OVERFLOW_ERROR, message)
        }
    }
}

/// An integer type of C, as error messages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CType {
    /// `int`, 32 bits
    Int,
    /// `long`, 64 bits
    Long,
    /// `Py_ssize_t`, 64 bits
    Ssize,
}

/// A position given to a search method: `None` and absent are `default`, negative ones stay negative, and those beyond
/// 64 bits are clamped.
pub fn slice_position(vm: &mut Vm, value: Value, default: i64) -> Outcome<i64> {
    if value.is_unbound() || value.is_none() {
        return Ok(default);
    }
    let Some(number) = index_opt(vm, value)? else {
        return vm.type_error("slice indices must be integers or None or have an __index__ method");
    };
    let number = vm.as_big(number).unwrap_or_default();
    Ok(number.to_i64().unwrap_or(match number.sign() {
        num_bigint::Sign::Minus => i64::MIN,
        _ => i64::MAX,
    }))
}

/// A float argument: floats, ints, and what has `__float__` or `__index__`; TypeError otherwise.
pub fn float(vm: &mut Vm, value: Value) -> Outcome<f64> {
    match float_opt(vm, value)? {
        Some(value) => Ok(value),
        None => {
            let class = vm.class_name(value).to_owned();
            vm.type_error(format!("must be real number, not {class}"))
        }
    }
}

/// The same, `None` when the value is no real number.
pub fn float_opt(vm: &mut Vm, value: Value) -> Outcome<Option<f64>> {
    match (value, Number::of(vm, value)) {
        (_, Some(Number::Complex(_))) if vm.is_builtin(vm.class_of(value)) => return Ok(None),
        (_, Some(Number::Complex(_)) | None) => {}
        (_, Some(number)) => return real(vm, &number).map(Some),
    }
    let class = vm.class_of(value);
    if let Some(method) = vm.special(class, names::FLOAT) {
        let result = vm.call_special(method, value, &[])?;
        return match vm.as_float(result) {
            Some(result) => Ok(Some(result)),
            None => {
                let (class, got) = (vm.class_name(value), vm.class_name(result));
                let message = format!("{class}.__float__ returned non-float (type {got})");
                vm.type_error(message)
            }
        };
    }
    match vm.special(class, names::INDEX) {
        Some(_) => {
            let number = big(vm, value)?;
            int::to_float(vm, &number).map(Some)
        }
        None => Ok(None),
    }
}
