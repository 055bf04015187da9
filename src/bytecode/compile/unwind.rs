//! Leaving the statements around a point by `return`, `break` or `continue`.

use super::Compiler;
use super::block::{Block, BlockKind, Loop, LoopHolds};
use super::fold::constant;
use super::unit::Place;
use crate::bytecode::code::Const;
use crate::bytecode::op::{AwaitFrom, Op, WithKind};
use crate::syntax::ast::{Expr, Identifier, Stmt};

/// Is there a value on top of the stack that must outlive what is being left?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Top {
    Nothing,
    Result,
}

/// Why a `break` or `continue` cannot be.
pub(super) enum LoopError {
    NoLoop,
    InStarHandler,
}

pub(super) const IN_STAR_HANDLER: &str =
    "'break', 'continue' and 'return' cannot appear in an except* block";

impl<'a> Compiler<'a> {
    /// Leaves the frame with the value, or None.
    pub(super) fn return_value(&mut self, value: Option<&'a Expr>, place: Place) {
        let known = value.map_or(Some(Const::None), constant);
        let top = match (value, &known) {
            (Some(value), None) => {
                self.expr(value);
                Top::Result
            }
            (Some(value), Some(_)) => {
                let at = self.place(value);
                self.emit(Op::Nop, at);
                Top::Nothing
            }
            (None, _) => {
                self.emit(Op::Nop, place);
                Top::Nothing
            }
        };
        let mut left = Vec::new();
        let place = match self.unwind_all(top, &mut left) {
            Work::None => place,
            Work::Some => self.unit.last_place(),
        };
        if let (Top::Nothing, Some(known)) = (top, known) {
            self.emit_const(known, place);
        }
        self.emit(Op::Return, place);
        self.restore(left);
    }

    fn unwind_all(&mut self, top: Top, left: &mut Vec<Block<'a>>) -> Work {
        let mut work = Work::None;
        while let Some(block) = self.unit.pop_block() {
            left.push(block);
            work = work.and(self.unwind(block, top, left));
        }
        work
    }

    /// `break` and `continue`: leaves everything inside the innermost loop, then does the rest.
    pub(super) fn leave_to_loop(
        &mut self,
        rest: impl FnOnce(&mut Self, Loop),
    ) -> Result<(), LoopError> {
        let mut left = Vec::new();
        let mut found = Err(LoopError::NoLoop);
        while let Some(block) = self.unit.pop_block() {
            left.push(block);
            match block.kind {
                BlockKind::Loop(around) => {
                    rest(self, around);
                    found = Ok(());
                    break;
                }
                BlockKind::StarHandlerBody => {
                    found = Err(LoopError::InStarHandler);
                    break;
                }
                _ => {
                    self.unwind(block, Top::Nothing, &mut left);
                }
            }
        }
        self.restore(left);
        found
    }

    fn restore(&mut self, left: Vec<Block<'a>>) {
        left.into_iter()
            .rev()
            .for_each(|block| self.unit.push_block(block));
    }

    /// Appends what it takes to leave a block, which has been removed from the unit's.
    fn unwind(&mut self, block: Block<'a>, top: Top, left: &mut Vec<Block<'a>>) -> Work {
        let place = self.unit.last_place();
        match block.kind {
            BlockKind::Protected | BlockKind::Handlers => return Work::None,
            BlockKind::Loop(Loop {
                holds: LoopHolds::Nothing,
                ..
            }) => return Work::None,
            BlockKind::Loop(_) | BlockKind::Value => self.pop_below(top, place),
            BlockKind::Finally(body) => self.run_finally(body, top),
            BlockKind::FinallyHandler => {
                self.pop_below(top, place);
                self.below(top, place);
                self.emit(Op::PopExcept, place);
            }
            BlockKind::With { kind, place } => self.leave_with(kind, top, place),
            BlockKind::HandlerBody { name } => {
                // The clauses' own handler must not see what happens from here on.
                left.extend(self.unit.pop_block());
                self.below(top, place);
                self.emit(Op::PopExcept, place);
                self.forget_name(name, place);
            }
            BlockKind::StarHandlerBody => self.error_in(IN_STAR_HANDLER, place.span),
        }
        Work::Some
    }

    fn below(&mut self, top: Top, place: Place) {
        if top == Top::Result {
            self.emit(Op::Swap(2), place);
        }
    }

    fn pop_below(&mut self, top: Top, place: Place) {
        self.below(top, place);
        self.emit(Op::Pop, place);
    }

    fn run_finally(&mut self, body: &'a [Stmt], top: Top) {
        if top == Top::Result {
            self.unit.push_block(Block::plain(BlockKind::Value));
        }
        self.statements(body);
        if top == Top::Result {
            self.unit.pop_block();
        }
    }

    fn leave_with(&mut self, kind: WithKind, top: Top, place: Place) {
        self.below(top, place);
        self.exit_with_none(kind, place);
    }

    /// `[exit →]` the end of a `with` without exception.
    pub(super) fn exit_with_none(&mut self, kind: WithKind, place: Place) {
        self.emit(Op::ExitWithNone, place);
        if kind == WithKind::Async {
            self.await_value(AwaitFrom::AExit, place);
        }
        self.emit(Op::Pop, place);
    }

    /// The name of an `except` clause is unset at its end, so that the exception does not live on.
    pub(super) fn forget_name(&mut self, name: Option<&Identifier>, place: Place) {
        if let Some(name) = name {
            self.emit_const(Const::None, place);
            self.store_name(&name.id, place);
            self.delete_name(&name.id, place);
        }
    }
}

/// Did leaving blocks take any instructions?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    None,
    Some,
}

impl Work {
    fn and(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}
