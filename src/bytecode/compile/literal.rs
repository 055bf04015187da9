//! Constants of the tree as constants of the code.

use crate::bytecode::code::Const;
use crate::syntax::ast::{Expr, Int, Number, UnaryOp};
use num_bigint::BigInt;
use std::rc::Rc;

/// The constant that an expression is, without looking into operators.
pub(super) fn literal(expr: &Expr) -> Option<Const> {
    Some(match expr {
        Expr::NoneLiteral(_) => Const::None,
        Expr::EllipsisLiteral(_) => Const::Ellipsis,
        Expr::BooleanLiteral(literal) => Const::Bool(literal.value),
        Expr::StringLiteral(literal) => Const::Str(literal.value.to_str().into()),
        Expr::BytesLiteral(literal) => Const::Bytes(literal.value.bytes().collect()),
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(int) => integer(int),
            Number::Float(value) => Const::Float(*value),
            Number::Complex { imag, .. } => Const::Imaginary(*imag),
        },
        Expr::Name(name) if name.id == "__debug__" => Const::Bool(true),
        _ => return None,
    })
}

fn integer(int: &Int) -> Const {
    match int.as_i64() {
        Some(value) => Const::Int(value),
        None => big_integer(&int.to_string()),
    }
}

/// An integer as it is written, with its prefix.
fn big_integer(token: &str) -> Const {
    let digits = token.replace('_', "").to_ascii_lowercase();
    let (digits, radix) = match digits.get(..2) {
        Some("0x") => (&digits[2..], 16),
        Some("0o") => (&digits[2..], 8),
        Some("0b") => (&digits[2..], 2),
        _ => (&*digits, 10),
    };
    let value = BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default();
    normalized(value)
}

/// A big integer, or a small one if it fits.
pub(super) fn normalized(value: BigInt) -> Const {
    match i64::try_from(&value) {
        Ok(small) => Const::Int(small),
        Err(_) => Const::BigInt(Rc::new(value)),
    }
}

/// Whether a constant counts as true.
pub(super) fn truth(value: &Const) -> bool {
    match value {
        Const::None => false,
        Const::Bool(value) => *value,
        Const::Int(value) => *value != 0,
        Const::Float(value) | Const::Imaginary(value) => *value != 0.0,
        Const::Str(value) => !value.is_empty(),
        Const::Bytes(value) => !value.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        Const::Ellipsis | Const::BigInt(_) | Const::Code(_) => true,
    }
}

/// A number with its sign changed, inverted and so on.
pub(super) fn unary(op: UnaryOp, operand: &Const) -> Option<Const> {
    Some(match (op, operand) {
        (UnaryOp::Not, value) => Const::Bool(!truth(value)),
        (UnaryOp::UAdd, Const::Int(_) | Const::BigInt(_) | Const::Float(_)) => operand.clone(),
        (UnaryOp::USub, Const::Float(value)) => Const::Float(-value),
        (UnaryOp::USub, Const::Int(value)) => normalized(-BigInt::from(*value)),
        (UnaryOp::USub, Const::BigInt(value)) => normalized(-BigInt::clone(value)),
        (UnaryOp::Invert, Const::Int(value)) => Const::Int(!value),
        _ => return None,
    })
}
