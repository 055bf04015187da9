//! Arithmetic of int, float and complex, instances of subclasses included.

pub mod circular;
pub mod complex;
pub mod convert;
pub mod decimal;
pub mod elementary;
pub mod float;
pub mod int;
pub mod parse;

use super::class;
use super::machine::Vm;
use super::native::Outcome;
use super::object::Payload;
use super::value::Value;
use crate::bytecode::op::{BinaryOp, CompareOp, UnaryOp};
use complex::Complex;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::cmp::Ordering;
use std::rc::Rc;

pub use decimal::float_repr;

/// A number, taken out of the value that holds it.
#[derive(Clone, Debug)]
pub enum Number {
    /// An int or bool of 64 bits.
    Small(i64),
    /// A wider int (or one of a subclass).
    Big(Rc<BigInt>),
    /// A float.
    Float(f64),
    /// A complex.
    Complex(Complex),
}

impl Number {
    /// The number that a value is, if it is one.
    pub fn of(vm: &Vm, value: Value) -> Option<Self> {
        match value {
            Value::Int(value) => Some(Self::Small(value)),
            Value::Bool(value) => Some(Self::Small(value.into())),
            Value::Float(value) => Some(Self::Float(value)),
            _ => match vm.heap.content(value)? {
                Payload::Int(value) => Some(match value.to_i64() {
                    Some(small) => Self::Small(small),
                    None => Self::Big(value.clone()),
                }),
                Payload::Float(value) => Some(Self::Float(*value)),
                &Payload::Complex(re, im) => Some(Self::Complex(Complex { re, im })),
                _ => None,
            },
        }
    }

    /// The int, if it is one.
    pub fn to_big(&self) -> Option<BigInt> {
        match self {
            Self::Small(value) => Some((*value).into()),
            Self::Big(value) => Some(value.as_ref().clone()),
            _ => None,
        }
    }
}

/// `left op right` for numbers; `None` when either is no number or the operator has no meaning for them.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => return int::binary_small(vm, op, a, b),
        (Value::Float(a), Value::Float(b)) => return float::binary(vm, op, a, b),
        (Value::Bool(a), Value::Bool(b)) => {
            if let Some(value) = bool_binary(op, a, b) {
                return Ok(Some(value.into()));
            }
        }
        _ => {}
    }
    let (Some(a), Some(b)) = (Number::of(vm, left), Number::of(vm, right)) else {
        return Ok(None);
    };
    match (&a, &b) {
        (Number::Small(a), Number::Small(b)) => int::binary_small(vm, op, *a, *b),
        (Number::Complex(_), _) | (_, Number::Complex(_)) => complex::binary(vm, op, &a, &b),
        (Number::Float(_), _) | (_, Number::Float(_)) => {
            if !float::supports(op) {
                return Ok(None);
            }
            let a = convert::real(vm, &a)?;
            let b = convert::real(vm, &b)?;
            float::binary(vm, op, a, b)
        }
        _ => match (a.to_big(), b.to_big()) {
            (Some(a), Some(b)) => int::binary(vm, op, &a, &b),
            _ => Ok(None),
        },
    }
}

/// Only these three operators keep bools what they are.
fn bool_binary(op: BinaryOp, a: bool, b: bool) -> Option<bool> {
    match op {
        BinaryOp::And => Some(a & b),
        BinaryOp::Or => Some(a | b),
        BinaryOp::Xor => Some(a ^ b),
        _ => None,
    }
}

/// `-x`, `+x`, `~x` for numbers; `None` when it is no number or the operator has no meaning for it.
pub fn unary(vm: &mut Vm, op: UnaryOp, operand: Value) -> Outcome<Option<Value>> {
    let Some(number) = Number::of(vm, operand) else {
        return Ok(None);
    };
    Ok(match number {
        Number::Small(value) => int::unary(vm, op, &value.into()),
        Number::Big(value) => int::unary(vm, op, &value),
        Number::Float(value) => match op {
            UnaryOp::Neg => Some((-value).into()),
            UnaryOp::Pos => Some(value.into()),
            UnaryOp::Invert | UnaryOp::Not => None,
        },
        Number::Complex(z) => match op {
            UnaryOp::Neg => Some(vm.complex(-z.re, -z.im)),
            UnaryOp::Pos => Some(vm.complex(z.re, z.im)),
            UnaryOp::Invert | UnaryOp::Not => None,
        },
    })
}

/// `divmod(left, right)` for numbers.
pub fn divmod(vm: &mut Vm, left: Value, right: Value) -> Outcome<Option<Value>> {
    let (Some(a), Some(b)) = (Number::of(vm, left), Number::of(vm, right)) else {
        return Ok(None);
    };
    let pair = match (&a, &b) {
        (Number::Complex(_), _) | (_, Number::Complex(_)) => return Ok(None),
        (Number::Float(_), _) | (_, Number::Float(_)) => {
            let a = convert::real(vm, &a)?;
            let b = convert::real(vm, &b)?;
            if b == 0.0 {
                return division_by_zero(vm);
            }
            let (quotient, remainder) = float::divmod(a, b);
            [quotient.into(), remainder.into()]
        }
        _ => {
            let (Some(a), Some(b)) = (a.to_big(), b.to_big()) else {
                return Ok(None);
            };
            if b == BigInt::ZERO {
                return division_by_zero(vm);
            }
            let (quotient, remainder) = int::divmod(&a, &b);
            [vm.int(quotient), vm.int(remainder)]
        }
    };
    Ok(Some(vm.tuple(pair)))
}

/// `pow(base, exponent, modulus)`; `None` when one of them is no number.
pub fn power_modulo(
    vm: &mut Vm,
    base: Value,
    exponent: Value,
    modulus: Value,
) -> Outcome<Option<Value>> {
    let numbers = [base, exponent, modulus].map(|value| Number::of(vm, value));
    let [Some(base), Some(exponent), Some(modulus)] = numbers else {
        return Ok(None);
    };
    let all = [&base, &exponent, &modulus];
    if all.iter().any(|n| matches!(n, Number::Complex(_))) {
        return vm.value_error("complex modulo");
    }
    match all.map(Number::to_big) {
        [Some(base), Some(exponent), Some(modulus)] => {
            int::power_modulo(vm, base, exponent, modulus).map(Some)
        }
        _ => vm.type_error("pow() 3rd argument not allowed unless all arguments are integers"),
    }
}

/// Compares numbers by their exact values; `None` when either is no number or has no order.
pub fn compare(vm: &Vm, op: CompareOp, left: Value, right: Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(&b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(&b),
        _ => {
            let (a, b) = (Number::of(vm, left)?, Number::of(vm, right)?);
            if matches!(a, Number::Complex(_)) || matches!(b, Number::Complex(_)) {
                return complex::equal(&a, &b, op);
            }
            order(&a, &b)
        }
    };
    Some(match op {
        CompareOp::Eq => order == Some(Ordering::Equal),
        CompareOp::Ne => order != Some(Ordering::Equal),
        CompareOp::Lt => order == Some(Ordering::Less),
        CompareOp::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        CompareOp::Gt => order == Some(Ordering::Greater),
        CompareOp::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    })
}

/// The order of two real numbers; `None` beside a NaN.
pub fn order(a: &Number, b: &Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(b),
        (Number::Float(a), int) => float::cmp_int(*a, &int.to_big()?),
        (int, Number::Float(b)) => float::cmp_int(*b, &int.to_big()?).map(Ordering::reverse),
        (Number::Small(a), Number::Small(b)) => Some(a.cmp(b)),
        _ => Some(a.to_big()?.cmp(&b.to_big()?)),
    }
}

/// Raises what every division by zero raises.
pub fn division_by_zero<T>(vm: &mut Vm) -> Outcome<T> {
    vm.raise(class::ZERO_DIVISION_ERROR, "division by zero")
}
