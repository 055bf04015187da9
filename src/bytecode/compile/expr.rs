//! Expressions.

use super::Compiler;
use super::fold::{constant, constants};
use super::unit::Place;
use crate::bytecode::code::{CodeKind, Const};
use crate::bytecode::op::{AwaitFrom, BinaryOp, CompareOp, Op, Sense, UnaryOp};
use crate::syntax::Ranged;
use crate::syntax::ast::{self, CmpOp, Expr, Operator};

impl<'a> Compiler<'a> {
    /// Appends code that pushes the value of the expression.
    pub(super) fn expr(&mut self, expr: &'a Expr) {
        let place = self.expr_place(expr);
        if let Some(value) = constant(expr) {
            return self.emit_const(value, place);
        }
        match expr {
            Expr::Name(name) => self.load_name(&name.id, place),
            Expr::Attribute(node) => self.load_attribute(node),
            Expr::Subscript(node) => self.subscript(node, place),
            Expr::Slice(slice) => self.slice(slice, place),
            Expr::Call(call) => self.call(call, place),
            Expr::BinOp(node) => {
                self.expr(&node.left);
                self.expr(&node.right);
                self.emit(Op::Binary(binary_op(node.op)), place);
            }
            Expr::UnaryOp(node) => {
                self.expr(&node.operand);
                self.emit(Op::Unary(unary_op(node.op)), place);
            }
            Expr::BoolOp(node) => self.bool_op(node, place),
            Expr::Compare(node) => self.compare(node, place),
            Expr::If(node) => self.conditional(node),
            Expr::Named(node) => self.named(node, place),
            Expr::Tuple(node) => self.tuple(&node.elts, place),
            Expr::List(node) => self.list(&node.elts, place),
            Expr::Set(node) => self.set(&node.elts, place),
            Expr::Dict(node) => self.dict(node, place),
            Expr::FString(node) => self.f_string(node, place),
            Expr::TString(node) => self.t_string(node, place),
            Expr::Lambda(node) => self.lambda(node, place),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) => {
                self.comprehension(expr, place)
            }
            Expr::Generator(node) => self.generator(node, place),
            Expr::Await(node) => self.await_expr(node, place),
            Expr::Yield(node) => self.yield_expr(node, place),
            Expr::YieldFrom(node) => self.yield_from(node, place),
            Expr::Starred(_) => self.error("can't use starred expression here", expr),
            _ => self.error("invalid syntax", expr),
        }
    }

    fn load_attribute(&mut self, node: &'a ast::ExprAttribute) {
        self.expr(&node.value);
        let place = self.attribute_place(node);
        let name = self.attribute_name(&node.attr);
        self.emit(Op::LoadAttr(name), place);
    }

    pub(super) fn attribute_name(&mut self, name: &str) -> u32 {
        let name = self.mangled(name);
        self.unit.name(&name)
    }

    /// The place of an attribute: the line of its name, where the expression spans several.
    pub(super) fn attribute_place(&self, node: &ast::ExprAttribute) -> Place {
        self.moved_to_attribute(node, self.place(node))
    }

    /// Moves the start of a place to the attribute's name if that is on another line.
    pub(super) fn moved_to_attribute(&self, node: &ast::ExprAttribute, place: Place) -> Place {
        let line = self.source.line(node.attr.range.start().into());
        if line == place.line {
            return place;
        }
        let mut place = Place { line, ..place };
        place.span.start = node.attr.range.start().into();
        place
    }

    fn subscript(&mut self, node: &'a ast::ExprSubscript, place: Place) {
        self.expr(&node.value);
        self.index(&node.slice);
        self.emit(Op::Subscript, place);
    }

    /// The index of a subscript; `a[*b]` means a tuple.
    pub(super) fn index(&mut self, index: &'a Expr) {
        match index {
            Expr::Starred(_) => {
                let place = self.place(index);
                self.tuple(std::slice::from_ref(index), place);
            }
            _ => self.expr(index),
        }
    }

    fn slice(&mut self, slice: &'a ast::ExprSlice, place: Place) {
        for bound in [&slice.lower, &slice.upper] {
            match bound {
                Some(bound) => self.expr(bound),
                None => self.emit_const(Const::None, place),
            }
        }
        if let Some(step) = &slice.step {
            self.expr(step);
        }
        self.emit(Op::BuildSlice(2 + u32::from(slice.step.is_some())), place);
    }

    fn bool_op(&mut self, node: &'a ast::ExprBoolOp, place: Place) {
        let end = self.unit.new_label();
        let Some((last, first)) = node.values.split_last() else {
            return;
        };
        let jump = match node.op {
            ast::BoolOp::And => Op::JumpIfFalseOrPop,
            ast::BoolOp::Or => Op::JumpIfTrueOrPop,
        };
        for value in first {
            self.expr(value);
            self.unit.jump(jump, end, place);
        }
        self.expr(last);
        self.unit.place_label(end);
    }

    fn compare(&mut self, node: &'a ast::ExprCompare, place: Place) {
        self.expr(&node.left);
        let comparisons = node.ops.iter().zip(&node.comparators);
        let Some(((last_op, last), first)) = split_last(comparisons) else {
            return;
        };
        if first.is_empty() {
            self.comparator(*last_op, last);
            return self.emit(compare_op(*last_op), place);
        }
        let (cleanup, end) = (self.unit.new_label(), self.unit.new_label());
        for (op, comparator) in first {
            self.chain_link(*op, comparator, place);
            self.unit.jump(Op::JumpIfFalseOrPop, cleanup, place);
        }
        self.comparator(*last_op, last);
        self.emit(compare_op(*last_op), place);
        self.unit.jump(Op::Jump, end, place);
        self.unit.place_label(cleanup);
        self.emit(Op::Swap(2), place);
        self.emit(Op::Pop, place);
        self.unit.place_label(end);
    }

    /// `[left → comparator, result]` one comparison of a chain that goes on.
    pub(super) fn chain_link(&mut self, op: CmpOp, comparator: &'a Expr, place: Place) {
        self.expr(comparator);
        self.emit(Op::Swap(2), place);
        self.emit(Op::Copy(2), place);
        self.emit(compare_op(op), place);
    }

    /// The right side of a comparison; a display of constants after `in` is one constant.
    pub(super) fn comparator(&mut self, op: CmpOp, expr: &'a Expr) {
        let folded = match (op, expr) {
            (CmpOp::In | CmpOp::NotIn, Expr::List(list)) => constants(&list.elts).map(Const::Tuple),
            (CmpOp::In | CmpOp::NotIn, Expr::Set(set)) => {
                constants(&set.elts).map(Const::FrozenSet)
            }
            _ => None,
        };
        match folded {
            Some(value) => {
                let place = self.place(expr);
                self.emit_const(value, place);
            }
            None => self.expr(expr),
        }
    }

    fn conditional(&mut self, node: &'a ast::ExprIf) {
        let (orelse, end) = (self.unit.new_label(), self.unit.new_label());
        self.jump_if(&node.test, orelse, false);
        self.expr(&node.body);
        let place = self.unit.last_place();
        self.unit.jump(Op::Jump, end, place);
        self.unit.place_label(orelse);
        self.expr(&node.orelse);
        self.unit.place_label(end);
    }

    fn named(&mut self, node: &'a ast::ExprNamed, place: Place) {
        self.expr(&node.value);
        self.emit(Op::Copy(1), place);
        self.store(&node.target);
    }

    pub(super) fn tuple(&mut self, items: &'a [Expr], place: Place) {
        if items.iter().any(Expr::is_starred_expr) {
            self.unpacked_list(items, place);
            return self.emit(Op::ListToTuple, place);
        }
        items.iter().for_each(|item| self.expr(item));
        self.emit(Op::BuildTuple(items.len() as u32), place);
    }

    fn list(&mut self, items: &'a [Expr], place: Place) {
        if items.iter().any(Expr::is_starred_expr) {
            return self.unpacked_list(items, place);
        }
        items.iter().for_each(|item| self.expr(item));
        self.emit(Op::BuildList(items.len() as u32), place);
    }

    /// A list with the items, of which some are unpacked.
    pub(super) fn unpacked_list(&mut self, items: &'a [Expr], place: Place) {
        self.unpacked(
            items,
            place,
            Op::BuildList,
            Op::ListAppend(1),
            Op::ListExtend(1),
        );
    }

    fn set(&mut self, items: &'a [Expr], place: Place) {
        self.unpacked(items, place, Op::BuildSet, Op::SetAdd(1), Op::SetUpdate(1));
    }

    fn unpacked(
        &mut self,
        items: &'a [Expr],
        place: Place,
        build: fn(u32) -> Op,
        add: Op,
        extend: Op,
    ) {
        let plain = items
            .iter()
            .take_while(|item| !item.is_starred_expr())
            .count();
        let (plain, rest) = items.split_at(plain);
        plain.iter().for_each(|item| self.expr(item));
        self.emit(build(plain.len() as u32), place);
        for item in rest {
            match item {
                Expr::Starred(starred) => {
                    self.expr(&starred.value);
                    self.emit(extend, place);
                }
                _ => {
                    self.expr(item);
                    self.emit(add, place);
                }
            }
        }
    }

    fn dict(&mut self, node: &'a ast::ExprDict, place: Place) {
        let plain = node
            .items
            .iter()
            .take_while(|item| item.key.is_some())
            .count();
        let (plain, rest) = node.items.split_at(plain);
        for item in plain {
            item.key.iter().for_each(|key| self.expr(key));
            self.expr(&item.value);
        }
        self.emit(Op::BuildMap(plain.len() as u32), place);
        for item in rest {
            match &item.key {
                Some(key) => {
                    self.expr(key);
                    self.expr(&item.value);
                    self.emit(Op::MapAdd(1), place);
                }
                None => {
                    self.expr(&item.value);
                    self.emit(Op::DictUpdate(1), place);
                }
            }
        }
    }

    fn await_expr(&mut self, node: &'a ast::ExprAwait, place: Place) {
        match self.function_kind() {
            None => self.error("'await' outside function", node),
            Some(CodeKind::Function | CodeKind::Generator) => {
                self.error("'await' outside async function", node)
            }
            Some(_) => {}
        }
        self.expr(&node.value);
        self.await_value(AwaitFrom::Await, place);
    }

    /// `[awaitable → result]`
    pub(super) fn await_value(&mut self, from: AwaitFrom, place: Place) {
        self.emit(Op::GetAwaitable(from), place);
        self.emit_const(Const::None, place);
        self.emit(Op::YieldFrom, place);
    }

    fn yield_expr(&mut self, node: &'a ast::ExprYield, place: Place) {
        if self.function_kind().is_none() {
            self.error("'yield' outside function", node);
        }
        match &node.value {
            Some(value) => self.expr(value),
            None => self.emit_const(Const::None, place),
        }
        self.emit(Op::Yield, place);
    }

    fn yield_from(&mut self, node: &'a ast::ExprYieldFrom, place: Place) {
        match self.function_kind() {
            None => self.error("'yield from' outside function", node),
            Some(CodeKind::Coroutine | CodeKind::AsyncGenerator) => {
                self.error("'yield from' inside async function", node);
            }
            Some(_) => {}
        }
        self.expr(&node.value);
        self.emit(Op::GetYieldFromIter, place);
        self.emit_const(Const::None, place);
        self.emit(Op::YieldFrom, place);
    }

    /// The name of an attribute that is stored or deleted.
    pub(super) fn check_assignable(&mut self, name: &str, node: &impl Ranged) {
        if name == "__debug__" {
            self.error("cannot assign to __debug__", node);
        }
    }
}

fn split_last<T>(items: impl Iterator<Item = T>) -> Option<(T, Vec<T>)> {
    let mut items: Vec<T> = items.collect();
    let last = items.pop()?;
    Some((last, items))
}

pub(super) fn binary_op(op: Operator) -> BinaryOp {
    match op {
        Operator::Add => BinaryOp::Add,
        Operator::Sub => BinaryOp::Sub,
        Operator::Mult => BinaryOp::Mul,
        Operator::MatMult => BinaryOp::MatMul,
        Operator::Div => BinaryOp::Div,
        Operator::Mod => BinaryOp::Mod,
        Operator::Pow => BinaryOp::Pow,
        Operator::LShift => BinaryOp::LShift,
        Operator::RShift => BinaryOp::RShift,
        Operator::BitOr => BinaryOp::Or,
        Operator::BitXor => BinaryOp::Xor,
        Operator::BitAnd => BinaryOp::And,
        Operator::FloorDiv => BinaryOp::FloorDiv,
    }
}

fn unary_op(op: ast::UnaryOp) -> UnaryOp {
    match op {
        ast::UnaryOp::Invert => UnaryOp::Invert,
        ast::UnaryOp::Not => UnaryOp::Not,
        ast::UnaryOp::UAdd => UnaryOp::Pos,
        ast::UnaryOp::USub => UnaryOp::Neg,
    }
}

pub(super) fn compare_op(op: CmpOp) -> Op {
    match op {
        CmpOp::Eq => Op::Compare(CompareOp::Eq),
        CmpOp::NotEq => Op::Compare(CompareOp::Ne),
        CmpOp::Lt => Op::Compare(CompareOp::Lt),
        CmpOp::LtE => Op::Compare(CompareOp::Le),
        CmpOp::Gt => Op::Compare(CompareOp::Gt),
        CmpOp::GtE => Op::Compare(CompareOp::Ge),
        CmpOp::Is => Op::Is(Sense::Plain),
        CmpOp::IsNot => Op::Is(Sense::Negated),
        CmpOp::In => Op::Contains(Sense::Plain),
        CmpOp::NotIn => Op::Contains(Sense::Negated),
    }
}
