//! `try` with its clauses.

use super::Compiler;
use super::block::{Block, BlockKind};
use super::unit::{HandlerId, Label, Place};
use crate::bytecode::op::Op;
use crate::syntax::ast::{self, ExceptHandler, ExceptHandlerExceptHandler, Stmt};

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(&mut self, node: &'a ast::StmtTry, place: Place) {
        self.emit(Op::Nop, place);
        if node.finalbody.is_empty() {
            return self.try_except(node);
        }
        let (handler, end) = (self.unit.new_label(), self.unit.new_label());
        let id = self.unit.new_handler(handler);
        self.unit
            .push_block(Block::protected(BlockKind::Finally(&node.finalbody), id));
        if node.handlers.is_empty() {
            self.statements(&node.body);
            self.statements(&node.orelse);
        } else {
            self.try_except(node);
        }
        self.unit.pop_block();
        self.statements(&node.finalbody);
        self.jump_on(end);
        self.unit.place_label(handler);
        self.finally_handler(&node.finalbody);
        self.unit.place_label(end);
    }

    /// `[exception →]` the `finally` body, run because of an exception.
    fn finally_handler(&mut self, body: &'a [Stmt]) {
        let cleanup = self.unit.new_label();
        self.emit(Op::PushExcInfo, Place::default());
        let id = self.handler_with_previous(cleanup);
        self.unit
            .push_block(Block::protected(BlockKind::FinallyHandler, id));
        self.statements(body);
        let place = self.unit.last_place();
        self.emit(Op::Reraise, place);
        self.unit.pop_block();
        self.end_of_handler(cleanup);
    }

    /// A handler for code that has the previous exception and the one being handled on the stack; it keeps the former.
    fn handler_with_previous(&mut self, label: Label) -> HandlerId {
        self.unit.new_handler_below(label, 1)
    }

    /// `[previous, exception →]` an exception leaves a handler.
    pub(super) fn end_of_handler(&mut self, cleanup: Label) {
        self.unit.place_label(cleanup);
        let place = Place::default();
        self.emit(Op::Swap(2), place);
        self.emit(Op::PopExcept, place);
        self.emit(Op::Reraise, place);
    }

    fn jump_on(&mut self, to: Label) {
        let place = self.unit.last_place();
        self.unit.jump(Op::Jump, to, place);
    }

    fn try_except(&mut self, node: &'a ast::StmtTry) {
        let (handlers, cleanup, end) = (
            self.unit.new_label(),
            self.unit.new_label(),
            self.unit.new_label(),
        );
        let id = self.unit.new_handler(handlers);
        self.unit
            .push_block(Block::protected(BlockKind::Protected, id));
        self.statements(&node.body);
        self.unit.pop_block();
        self.statements(&node.orelse);
        self.jump_on(end);
        self.unit.place_label(handlers);
        self.emit(Op::PushExcInfo, Place::default());
        let id = self.handler_with_previous(cleanup);
        self.unit
            .push_block(Block::protected(BlockKind::Handlers, id));
        if node.is_star {
            self.star_clauses(&node.handlers, end);
        } else {
            self.clauses(&node.handlers, end);
        }
        self.unit.pop_block();
        self.end_of_handler(cleanup);
        self.unit.place_label(end);
    }

    /// `[previous, exception →]`
    fn clauses(&mut self, handlers: &'a [ExceptHandler], end: Label) {
        let last = handlers.len().saturating_sub(1);
        for (index, handler) in handlers.iter().enumerate() {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let next = self.unit.new_label();
            let place = self.place(handler);
            match &handler.type_ {
                Some(kind) => {
                    self.expr(kind);
                    self.emit(Op::MatchException, place);
                    self.unit.jump(Op::PopJumpIfFalse, next, place);
                }
                None if index < last => self.error("default 'except:' must be last", handler),
                None => {}
            }
            self.clause_body(handler, end, place);
            self.unit.place_label(next);
        }
        let place = handlers.last().map(|handler| self.place(handler));
        self.emit(Op::Reraise, place.unwrap_or_default());
    }

    /// `[previous, exception →]` the body of a clause that matches.
    fn clause_body(&mut self, handler: &'a ExceptHandlerExceptHandler, end: Label, place: Place) {
        let cleanup = self.unit.new_label();
        let name = handler.name.as_ref();
        match name {
            Some(name) => self.store_name(&name.id, place),
            None => self.emit(Op::Pop, place),
        }
        let body = BlockKind::HandlerBody { name };
        let block = match name {
            Some(_) => Block::protected(body, self.unit.new_handler(cleanup)),
            None => Block::plain(body),
        };
        self.unit.push_block(block);
        self.statements(&handler.body);
        self.unit.pop_block();
        self.leave_clause(handler, end);
        if name.is_some() {
            self.unit.place_label(cleanup);
            self.forget_name(name, Place::default());
            self.emit(Op::Reraise, Place::default());
        }
    }

    /// The end of a clause's body, which its handlers no longer protect.
    fn leave_clause(&mut self, handler: &'a ExceptHandlerExceptHandler, end: Label) {
        let handlers = self.unit.pop_block();
        let place = self.unit.last_place();
        self.emit(Op::PopExcept, place);
        self.forget_name(handler.name.as_ref(), place);
        self.unit.jump(Op::Jump, end, place);
        handlers
            .into_iter()
            .for_each(|block| self.unit.push_block(block));
    }

    /// `[previous, exception →]` `except*`: each clause takes its part of the group; what they raise and what none
    /// took is raised again, together.
    fn star_clauses(&mut self, handlers: &'a [ExceptHandler], end: Label) {
        let place = Place::default();
        self.emit(Op::Copy(1), place);
        self.emit(Op::BuildList(0), place);
        self.emit(Op::Swap(2), place);
        for ExceptHandler::ExceptHandler(handler) in handlers {
            self.star_clause(handler);
        }
        // Several ways lead here, so that CPython knows no line.
        let place = Place::default();
        self.emit(Op::ListAppend(1), place);
        self.emit(Op::PrepReraiseStar, place);
        self.emit(Op::Copy(1), place);
        let reraise = self.unit.new_label();
        self.unit.jump(Op::PopJumpIfNotNone, reraise, place);
        self.emit(Op::Pop, place);
        let clauses = self.unit.pop_block();
        self.emit(Op::PopExcept, place);
        self.unit.jump(Op::Jump, end, place);
        self.unit.place_label(reraise);
        self.emit(Op::Swap(2), place);
        self.emit(Op::PopExcept, place);
        self.emit(Op::ReraiseGroup, place);
        clauses
            .into_iter()
            .for_each(|block| self.unit.push_block(block));
    }

    /// `[list, exceptions not yet taken → list, exceptions not yet taken]`
    fn star_clause(&mut self, handler: &'a ExceptHandlerExceptHandler) {
        let (no_match, raised, done) = (
            self.unit.new_label(),
            self.unit.new_label(),
            self.unit.new_label(),
        );
        let place = self.place(handler);
        if let Some(kind) = &handler.type_ {
            self.expr(kind);
        }
        self.emit(Op::MatchExceptionGroup, place);
        self.emit(Op::Copy(1), place);
        self.unit.jump(Op::PopJumpIfNone, no_match, place);
        match &handler.name {
            Some(name) => self.store_name(&name.id, place),
            None => self.emit(Op::Pop, place),
        }
        let id = self.unit.new_handler(raised);
        self.unit
            .push_block(Block::protected(BlockKind::StarHandlerBody, id));
        self.statements(&handler.body);
        self.unit.pop_block();
        let place = self.unit.last_place();
        self.forget_name(handler.name.as_ref(), place);
        self.unit.jump(Op::Jump, done, place);
        self.unit.place_label(raised);
        self.forget_name(handler.name.as_ref(), Place::default());
        self.emit(Op::ListAppend(2), Place::default());
        self.unit.jump(Op::Jump, done, Place::default());
        self.unit.place_label(no_match);
        self.emit(Op::Pop, place);
        self.unit.place_label(done);
    }
}
