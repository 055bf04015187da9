//! Loops.

use super::Compiler;
use super::block::{Block, BlockKind, Loop, LoopHolds};
use super::unit::{Label, Place};
use super::unwind::{IN_STAR_HANDLER, LoopError};
use crate::bytecode::code::Const;
use crate::bytecode::op::Op;
use crate::syntax::Ranged;
use crate::syntax::ast::{self, Stmt};

impl<'a> Compiler<'a> {
    pub(super) fn while_stmt(&mut self, node: &'a ast::StmtWhile) {
        let (exit, end) = (self.unit.new_label(), self.unit.new_label());
        let start = self.unit.label_here();
        self.unit.push_block(Block::plain(BlockKind::Loop(Loop {
            start,
            end,
            holds: LoopHolds::Nothing,
        })));
        self.jump_if(&node.test, exit, false);
        self.loop_body(&node.body, start);
        self.unit.place_label(exit);
        self.statements(&node.orelse);
        self.unit.place_label(end);
    }

    pub(super) fn for_stmt(&mut self, node: &'a ast::StmtFor) {
        let (exit, end) = (self.unit.new_label(), self.unit.new_label());
        let place = self.expr_place(&node.iter);
        self.expr(&node.iter);
        self.emit(Op::GetIter, place);
        let start = self.unit.label_here();
        self.unit.jump(Op::ForIter, exit, place);
        self.unit.push_block(Block::plain(BlockKind::Loop(Loop {
            start,
            end,
            holds: LoopHolds::Iterator,
        })));
        self.store(&node.target);
        self.loop_body(&node.body, start);
        self.unit.place_label(exit);
        self.unit.come_from(place);
        self.statements(&node.orelse);
        self.unit.place_label(end);
    }

    /// The body of a loop, its jump back, and the end of its block.
    fn loop_body(&mut self, body: &'a [Stmt], start: Label) {
        self.statements(body);
        let place = self.unit.last_place();
        self.unit.jump(Op::Jump, start, place);
        self.unit.pop_block();
    }

    pub(super) fn async_for(&mut self, node: &'a ast::StmtFor, place: Place) {
        self.check_async("async for", node);
        let (exit, end) = (self.unit.new_label(), self.unit.new_label());
        let at = self.expr_place(&node.iter);
        self.expr(&node.iter);
        self.emit(Op::GetAiter, at);
        let start = self.unit.label_here();
        self.next_item(exit, place);
        self.unit.push_block(Block::plain(BlockKind::Loop(Loop {
            start,
            end,
            holds: LoopHolds::Iterator,
        })));
        self.store(&node.target);
        self.loop_body(&node.body, start);
        self.unit.place_label(exit);
        self.emit(Op::EndAsyncFor, at);
        self.statements(&node.orelse);
        self.unit.place_label(end);
    }

    /// `[async iterator → async iterator, item]`; what `__anext__` raises goes to `exit`.
    pub(super) fn next_item(&mut self, exit: Label, place: Place) {
        let handler = self.unit.new_handler(exit);
        self.unit
            .push_block(Block::protected(BlockKind::Protected, handler));
        self.emit(Op::GetAnext, place);
        self.emit_const(Const::None, place);
        self.emit(Op::YieldFrom, place);
        self.unit.pop_block();
    }

    pub(super) fn break_stmt(&mut self, node: &ast::StmtBreak, place: Place) {
        self.emit(Op::Nop, place);
        let result = self.leave_to_loop(|this, around| {
            let place = this.unit.last_place();
            if around.holds == LoopHolds::Iterator {
                this.emit(Op::Pop, place);
            }
            this.unit.jump(Op::Jump, around.end, place);
        });
        self.check_loop(result, "'break' outside loop", node);
    }

    pub(super) fn continue_stmt(&mut self, node: &ast::StmtContinue, place: Place) {
        self.emit(Op::Nop, place);
        let result = self.leave_to_loop(|this, around| {
            let place = this.unit.last_place();
            this.unit.jump(Op::Jump, around.start, place);
        });
        self.check_loop(result, "'continue' not properly in loop", node);
    }

    fn check_loop(&mut self, result: Result<(), LoopError>, no_loop: &str, node: &impl Ranged) {
        match result {
            Ok(()) => {}
            Err(LoopError::NoLoop) => self.error(no_loop, node),
            Err(LoopError::InStarHandler) => self.error(IN_STAR_HANDLER, node),
        }
    }
}
