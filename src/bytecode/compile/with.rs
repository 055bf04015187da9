//! `with` and `async with`.

use super::Compiler;
use super::block::{Block, BlockKind};
use super::unit::{Label, Place};
use crate::bytecode::op::{AwaitFrom, Op, WithKind};
use crate::syntax::ast::{self, Stmt, WithItem};

impl<'a> Compiler<'a> {
    pub(super) fn with_stmt(&mut self, node: &'a ast::StmtWith) {
        let kind = if node.is_async {
            WithKind::Async
        } else {
            WithKind::Sync
        };
        if node.is_async {
            self.check_async("async with", node);
        }
        self.with_items(kind, &node.items, &node.body);
    }

    /// One context manager around the others and the body.
    fn with_items(&mut self, kind: WithKind, items: &'a [WithItem], body: &'a [Stmt]) {
        let Some((item, rest)) = items.split_first() else {
            return self.statements(body);
        };
        let (handler, end) = (self.unit.new_label(), self.unit.new_label());
        let place = self.expr_place(&item.context_expr);
        self.enter_with(kind, item, place);
        let id = self.unit.new_handler_below(handler, 1);
        self.unit
            .push_block(Block::protected(BlockKind::With { kind, place }, id));
        match &item.optional_vars {
            Some(target) => self.store(target),
            None => self.emit(Op::Pop, place),
        }
        self.with_items(kind, rest, body);
        self.unit.pop_block();
        self.exit_with_none(kind, place);
        self.unit.jump(Op::Jump, end, place);
        self.unit.place_label(handler);
        self.exit_with_exception(kind, end, place);
        self.unit.place_label(end);
    }

    /// `[→ exit, value]`
    fn enter_with(&mut self, kind: WithKind, item: &'a WithItem, place: Place) {
        self.expr(&item.context_expr);
        self.emit(Op::EnterWith(kind), place);
        if kind == WithKind::Async {
            self.await_value(AwaitFrom::AEnter, place);
        }
    }

    /// `[exit, exception →]` the exception goes on unless exit says that it is dealt with.
    fn exit_with_exception(&mut self, kind: WithKind, end: Label, place: Place) {
        let (cleanup, suppressed) = (self.unit.new_label(), self.unit.new_label());
        self.emit(Op::KeepLine, Place::default());
        self.emit(Op::PushExcInfo, place);
        let id = self.unit.new_handler_below(cleanup, 1);
        self.unit
            .push_block(Block::protected(BlockKind::Handlers, id));
        self.emit(Op::ExitWithException, place);
        if kind == WithKind::Async {
            self.await_value(AwaitFrom::AExit, place);
        }
        self.unit.jump(Op::PopJumpIfTrue, suppressed, place);
        self.emit(Op::ReraiseAtLine, place);
        self.unit.place_label(suppressed);
        self.emit(Op::Pop, place);
        self.unit.pop_block();
        self.emit(Op::PopExcept, place);
        self.emit(Op::Pop, place);
        self.emit(Op::Pop, place);
        self.unit.jump(Op::Jump, end, place);
        self.end_of_handler(cleanup);
    }
}
