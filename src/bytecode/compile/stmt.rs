//! Statements, the simple ones here, the others by a file each.

use super::Compiler;
use super::fold::constant;
use super::unit::Place;
use crate::bytecode::code::{CodeKind, Const};
use crate::bytecode::op::{Common, Op};
use crate::syntax::ast::{self, Stmt};

impl<'a> Compiler<'a> {
    pub(super) fn statements(&mut self, body: &'a [Stmt]) {
        body.iter().for_each(|stmt| self.statement(stmt));
    }

    fn statement(&mut self, stmt: &'a Stmt) {
        let place = self.place(stmt);
        if self.unit.has_too_many_blocks() {
            return self.error("too many statically nested blocks", stmt);
        }
        match stmt {
            Stmt::Expr(node) => self.expression_statement(node, place),
            Stmt::Assign(node) => self.assign(node),
            Stmt::AugAssign(node) => self.augmented(node),
            Stmt::AnnAssign(node) => self.annotated_assignment(node),
            Stmt::Delete(node) => node.targets.iter().for_each(|target| self.delete(target)),
            Stmt::Return(node) => self.return_stmt(node, place),
            Stmt::Raise(node) => self.raise(node, place),
            Stmt::Assert(node) => self.assert(node),
            Stmt::Pass(_) => self.emit(Op::Nop, place),
            Stmt::Global(_) | Stmt::Nonlocal(_) => {}
            Stmt::If(node) => self.if_stmt(node),
            Stmt::While(node) => self.while_stmt(node),
            Stmt::For(node) if node.is_async => self.async_for(node, place),
            Stmt::For(node) => self.for_stmt(node),
            Stmt::Break(node) => self.break_stmt(node, place),
            Stmt::Continue(node) => self.continue_stmt(node, place),
            Stmt::Try(node) => self.try_stmt(node, place),
            Stmt::With(node) => self.with_stmt(node),
            Stmt::Match(node) => self.match_stmt(node),
            Stmt::FunctionDef(node) => self.function_def(node),
            Stmt::ClassDef(node) => self.class_def(node),
            Stmt::TypeAlias(node) => self.type_alias(node, place),
            Stmt::Import(node) => self.import(node, place),
            Stmt::ImportFrom(node) => self.import_from(node, place),
            Stmt::IpyEscapeCommand(_) => self.error("invalid syntax", stmt),
        }
    }

    fn expression_statement(&mut self, node: &'a ast::StmtExpr, place: Place) {
        if self.interactive && self.outer.is_empty() {
            return self.display(node, place);
        }
        if constant(&node.value).is_some() {
            return self.emit(Op::Nop, place);
        }
        self.expr(&node.value);
        self.emit(Op::Pop, place);
    }

    /// `sys.displayhook(value)`
    fn display(&mut self, node: &'a ast::StmtExpr, place: Place) {
        self.import_module(Const::Int(0), Const::None, "sys", place);
        let hook = self.unit.name(&"displayhook".into());
        self.emit(Op::LoadAttr(hook), place);
        self.expr(&node.value);
        self.emit(Op::Call(1), place);
        self.emit(Op::Pop, place);
    }

    fn if_stmt(&mut self, node: &'a ast::StmtIf) {
        let end = self.unit.new_label();
        let mut next = self.unit.new_label();
        self.jump_if(&node.test, next, false);
        self.statements(&node.body);
        for clause in &node.elif_else_clauses {
            let place = self.unit.last_place();
            self.unit.jump(Op::Jump, end, place);
            self.unit.place_label(next);
            next = self.unit.new_label();
            if let Some(test) = &clause.test {
                self.jump_if(test, next, false);
            }
            self.statements(&clause.body);
        }
        self.unit.place_label(next);
        self.unit.place_label(end);
    }

    fn return_stmt(&mut self, node: &'a ast::StmtReturn, place: Place) {
        match (self.function_kind(), &node.value) {
            (None, _) => self.error("'return' outside function", node),
            (Some(CodeKind::AsyncGenerator), Some(_)) => {
                self.error("'return' with value in async generator", node);
            }
            _ => {}
        }
        self.return_value(node.value.as_deref(), place);
    }

    fn raise(&mut self, node: &'a ast::StmtRaise, place: Place) {
        let operands = [&node.exc, &node.cause].into_iter().flatten();
        let mut count = 0;
        for operand in operands {
            self.expr(operand);
            count += 1;
        }
        self.emit(Op::Raise(count), place);
    }

    fn assert(&mut self, node: &'a ast::StmtAssert) {
        let end = self.unit.new_label();
        self.jump_if(&node.test, end, true);
        let at = self.expr_place(&node.test);
        self.emit(Op::Common(Common::AssertionError), at);
        if let Some(message) = &node.msg {
            self.expr(message);
            self.emit(Op::Call(1), at);
        }
        self.emit(Op::Raise(1), at);
        self.unit.place_label(end);
    }
}
