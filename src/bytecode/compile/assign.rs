//! Assignment: targets, augmented assignment, `del`.

use super::Compiler;
use super::expr::binary_op;
use super::unit::Place;
use crate::bytecode::op::Op;
use crate::syntax::ast::{self, Expr};

impl<'a> Compiler<'a> {
    pub(super) fn assign(&mut self, node: &'a ast::StmtAssign) {
        if let [target] = &*node.targets
            && self.exchange(target, &node.value)
        {
            return;
        }
        self.expr(&node.value);
        let place = self.place(node);
        let last = node.targets.len().saturating_sub(1);
        for (index, target) in node.targets.iter().enumerate() {
            if index < last {
                self.emit(Op::Copy(1), place);
            }
            self.store(target);
        }
    }

    /// `a, b = x, y` without making a tuple.
    fn exchange(&mut self, target: &'a Expr, value: &'a Expr) -> bool {
        let (Some(targets), Expr::Tuple(values)) = (elements(target), value) else {
            return false;
        };
        let count = targets.len();
        let plain = !targets
            .iter()
            .chain(&values.elts)
            .any(Expr::is_starred_expr);
        if count != values.elts.len() || !(2..=3).contains(&count) || !plain {
            return false;
        }
        values.elts.iter().for_each(|value| self.expr(value));
        let place = self.place(target);
        self.emit(Op::Swap(count as u32), place);
        targets.iter().for_each(|target| self.store(target));
        true
    }

    /// Appends code that takes a value from the stack and assigns it to the target.
    pub(super) fn store(&mut self, target: &'a Expr) {
        let place = self.place(target);
        match target {
            Expr::Name(name) => {
                self.check_assignable(&name.id, name);
                self.store_name(&name.id, place);
            }
            Expr::Attribute(node) => {
                self.check_assignable(&node.attr.id, node);
                self.expr(&node.value);
                let place = self.attribute_place(node);
                let name = self.attribute_name(&node.attr);
                self.emit(Op::StoreAttr(name), place);
            }
            Expr::Subscript(node) => {
                self.expr(&node.value);
                self.index(&node.slice);
                let place = self.expr_place(target);
                self.emit(Op::StoreSubscript, place);
            }
            Expr::Starred(_) => self.error(
                "starred assignment target must be in a list or tuple",
                target,
            ),
            _ => match elements(target) {
                Some(targets) => self.unpack(targets, target, place),
                None => self.error("cannot assign to expression", target),
            },
        }
    }

    fn unpack(&mut self, targets: &'a [Expr], whole: &Expr, place: Place) {
        let op = match targets.iter().position(Expr::is_starred_expr) {
            None => Op::UnpackSequence(targets.len() as u32),
            Some(star) => self.unpack_starred(targets, star, whole),
        };
        self.emit(op, place);
        for target in targets {
            match target {
                Expr::Starred(starred) => self.store(&starred.value),
                _ => self.store(target),
            }
        }
    }

    fn unpack_starred(&mut self, targets: &[Expr], star: usize, whole: &Expr) -> Op {
        let after = targets.len() - star - 1;
        if targets.iter().skip(star + 1).any(Expr::is_starred_expr) {
            self.error("multiple starred expressions in assignment", whole);
        }
        match (u16::try_from(star), u16::try_from(after)) {
            (Ok(before), Ok(after)) => Op::UnpackEx { before, after },
            _ => {
                self.error("too many expressions in star-unpacking assignment", whole);
                Op::UnpackEx {
                    before: 0,
                    after: 0,
                }
            }
        }
    }

    pub(super) fn augmented(&mut self, node: &'a ast::StmtAugAssign) {
        let place = self.place(node);
        let op = Op::InPlace(binary_op(node.op));
        let at = self.expr_place(&node.target);
        match &*node.target {
            Expr::Name(name) => {
                self.check_assignable(&name.id, name);
                self.load_name(&name.id, at);
                self.expr(&node.value);
                self.emit(op, place);
                self.store_name(&name.id, at);
            }
            Expr::Attribute(target) => self.augmented_attribute(target, &node.value, op, place),
            Expr::Subscript(target) => {
                self.expr(&target.value);
                self.index(&target.slice);
                self.emit(Op::Copy(2), at);
                self.emit(Op::Copy(2), at);
                self.emit(Op::Subscript, at);
                self.expr(&node.value);
                self.emit(op, place);
                self.emit(Op::Swap(3), at);
                self.emit(Op::Swap(2), at);
                self.emit(Op::StoreSubscript, at);
            }
            target => self.error("illegal expression for augmented assignment", target),
        }
    }

    fn augmented_attribute(
        &mut self,
        target: &'a ast::ExprAttribute,
        value: &'a Expr,
        op: Op,
        place: Place,
    ) {
        let at = self.attribute_place(target);
        self.check_assignable(&target.attr.id, target);
        let name = self.attribute_name(&target.attr);
        self.expr(&target.value);
        self.emit(Op::Copy(1), at);
        self.emit(Op::LoadAttr(name), at);
        self.expr(value);
        self.emit(op, place);
        self.emit(Op::Swap(2), at);
        self.emit(Op::StoreAttr(name), at);
    }

    pub(super) fn delete(&mut self, target: &'a Expr) {
        let place = self.expr_place(target);
        match target {
            Expr::Name(name) => {
                if name.id == "__debug__" {
                    self.error("cannot delete __debug__", name);
                }
                self.delete_name(&name.id, place);
            }
            Expr::Attribute(node) => {
                self.expr(&node.value);
                let place = self.attribute_place(node);
                let name = self.attribute_name(&node.attr);
                self.emit(Op::DeleteAttr(name), place);
            }
            Expr::Subscript(node) => {
                self.expr(&node.value);
                self.index(&node.slice);
                self.emit(Op::DeleteSubscript, place);
            }
            _ => match elements(target) {
                Some(targets) => targets.iter().for_each(|target| self.delete(target)),
                None => self.error("cannot delete expression", target),
            },
        }
    }
}

/// The elements of a tuple or list.
fn elements(target: &Expr) -> Option<&[Expr]> {
    match target {
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::List(list) => Some(&list.elts),
        _ => None,
    }
}
