//! Tests: jumping on the truth of an expression without making a value of it.

use super::Compiler;
use super::expr::compare_op;
use super::fold::constant;
use super::literal::truth;
use super::unit::Label;
use crate::bytecode::op::{Op, Target};
use crate::syntax::ast::{self, BoolOp, Expr, UnaryOp};

impl<'a> Compiler<'a> {
    /// Appends code that jumps to the label if the truth of the expression is `wanted`, else goes on.
    pub(super) fn jump_if(&mut self, test: &'a Expr, to: Label, wanted: bool) {
        match test {
            Expr::UnaryOp(node) if node.op == UnaryOp::Not => {
                self.jump_if(&node.operand, to, !wanted)
            }
            Expr::BoolOp(node) => self.jump_if_bool_op(node, to, wanted),
            Expr::If(node) => self.jump_if_conditional(node, to, wanted),
            Expr::Compare(node) if node.ops.len() > 1 => self.jump_if_chain(node, to, wanted),
            _ => self.jump_if_value(test, to, wanted),
        }
    }

    fn jump_if_value(&mut self, test: &'a Expr, to: Label, wanted: bool) {
        let place = self.expr_place(test);
        match constant(test) {
            Some(value) => {
                self.emit(Op::Nop, place);
                if truth(&value) == wanted {
                    self.unit.jump(Op::Jump, to, place);
                }
            }
            None => {
                self.expr(test);
                self.unit.jump(pop_jump(wanted), to, place);
            }
        }
    }

    fn jump_if_bool_op(&mut self, node: &'a ast::ExprBoolOp, to: Label, wanted: bool) {
        let decides = node.op == BoolOp::Or;
        let end = self.unit.new_label();
        let Some((last, first)) = node.values.split_last() else {
            return;
        };
        let early = if decides == wanted { to } else { end };
        for value in first {
            self.jump_if(value, early, decides);
        }
        self.jump_if(last, to, wanted);
        self.unit.place_label(end);
    }

    fn jump_if_conditional(&mut self, node: &'a ast::ExprIf, to: Label, wanted: bool) {
        let (orelse, end) = (self.unit.new_label(), self.unit.new_label());
        self.jump_if(&node.test, orelse, false);
        self.jump_if(&node.body, to, wanted);
        let place = self.unit.last_place();
        self.unit.jump(Op::Jump, end, place);
        self.unit.place_label(orelse);
        self.jump_if(&node.orelse, to, wanted);
        self.unit.place_label(end);
    }

    fn jump_if_chain(&mut self, node: &'a ast::ExprCompare, to: Label, wanted: bool) {
        let place = self.place(node);
        let (cleanup, end) = (self.unit.new_label(), self.unit.new_label());
        self.expr(&node.left);
        let last = node.ops.len() - 1;
        for (index, (op, comparator)) in node.ops.iter().zip(&node.comparators).enumerate() {
            if index < last {
                self.chain_link(*op, comparator, place);
                self.unit.jump(Op::PopJumpIfFalse, cleanup, place);
            } else {
                self.comparator(*op, comparator);
                self.emit(compare_op(*op), place);
                self.unit.jump(pop_jump(wanted), to, place);
            }
        }
        self.unit.jump(Op::Jump, end, place);
        self.unit.place_label(cleanup);
        self.emit(Op::Pop, place);
        if !wanted {
            self.unit.jump(Op::Jump, to, place);
        }
        self.unit.place_label(end);
    }
}

fn pop_jump(wanted: bool) -> fn(Target) -> Op {
    if wanted {
        Op::PopJumpIfTrue
    } else {
        Op::PopJumpIfFalse
    }
}
