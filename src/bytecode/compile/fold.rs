//! Expressions whose value is known before the program runs.

use super::literal::{literal, unary};
use crate::bytecode::code::Const;
use crate::syntax::ast::{Expr, Operator};

/// The value of an expression made of constants, as far as programs can notice: numbers and tuples.
pub(super) fn constant(expr: &Expr) -> Option<Const> {
    match expr {
        Expr::UnaryOp(node) => unary(node.op, &constant(&node.operand)?),
        Expr::BinOp(node) => binary(node.op, &constant(&node.left)?, &constant(&node.right)?),
        Expr::Tuple(node) => constants(&node.elts).map(Const::Tuple),
        _ => literal(expr),
    }
}

/// The values of expressions that are all constants.
pub(super) fn constants(items: &[Expr]) -> Option<std::rc::Rc<[Const]>> {
    items.iter().map(constant).collect()
}

fn binary(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    match (left, right) {
        (Const::Int(left), Const::Int(right)) => integer(op, *left, *right),
        (Const::Float(left), Const::Float(right)) => float(op, *left, *right).map(Const::Float),
        _ => None,
    }
}

fn integer(op: Operator, left: i64, right: i64) -> Option<Const> {
    let value = match op {
        Operator::Add => left.checked_add(right)?,
        Operator::Sub => left.checked_sub(right)?,
        Operator::Mult => left.checked_mul(right)?,
        Operator::Pow => left.checked_pow(u32::try_from(right).ok()?)?,
        Operator::LShift => {
            left.checked_mul(1i64.checked_shl(u32::try_from(right).ok().filter(|&by| by < 63)?)?)?
        }
        Operator::BitOr => left | right,
        Operator::BitAnd => left & right,
        Operator::BitXor => left ^ right,
        _ => return None,
    };
    Some(Const::Int(value))
}

fn float(op: Operator, left: f64, right: f64) -> Option<f64> {
    match op {
        Operator::Add => Some(left + right),
        Operator::Sub => Some(left - right),
        Operator::Mult => Some(left * right),
        Operator::Div if right != 0.0 => Some(left / right),
        _ => None,
    }
}
