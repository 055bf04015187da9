//! The statements around a point that must be left in order when `return`, `break` or `continue` jumps out of them.

use super::unit::{HandlerId, Label, Place};
use crate::bytecode::op::WithKind;
use crate::syntax::ast::{Identifier, Stmt};

/// What a loop has on the stack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LoopHolds {
    /// `while`
    Nothing,
    /// `for`
    Iterator,
}

/// A loop around a point.
#[derive(Clone, Copy)]
pub(super) struct Loop {
    /// Where `continue` goes.
    pub start: Label,
    /// Where `break` goes.
    pub end: Label,
    pub holds: LoopHolds,
}

/// What kind of statement is being left, and what it has on the stack.
#[derive(Clone, Copy)]
pub(super) enum BlockKind<'a> {
    /// A loop.
    Loop(Loop),
    /// Code whose exceptions a handler catches: nothing to do when it is left.
    Protected,
    /// The clauses of `except`: the previous exception; what is done to leave it is up to `HandlerBody`.
    Handlers,
    /// Code before a `finally`, which runs when it is left.
    Finally(&'a [Stmt]),
    /// A `finally` that runs because of an exception: the previous exception and the one being handled.
    FinallyHandler,
    /// A `with`: the exit function.
    With { kind: WithKind, place: Place },
    /// The body of an `except` clause, with its name; it stands within `Handlers`.
    HandlerBody { name: Option<&'a Identifier> },
    /// The body of an `except*` clause, which cannot be left by a jump.
    StarHandlerBody,
    /// A value below the operands, such as the result of a `return` while `finally` runs.
    Value,
}

/// A statement around a point.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    pub kind: BlockKind<'a>,
    pub handler: Option<HandlerId>,
}

impl<'a> Block<'a> {
    /// A block that catches no exceptions.
    pub fn plain(kind: BlockKind<'a>) -> Self {
        Self {
            kind,
            handler: None,
        }
    }

    /// A block whose exceptions go to the handler.
    pub fn protected(kind: BlockKind<'a>, handler: HandlerId) -> Self {
        Self {
            kind,
            handler: Some(handler),
        }
    }
}
