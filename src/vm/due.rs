//! What waits to be run on behalf of objects that die: finalisers, callbacks of weak references, and reports of the
//! exceptions that these raised. It runs in rounds: objects that die while a finaliser runs get a round of their own,
//! inside of it, as they would by nested calls.

use super::value::{Id, Value};
use std::collections::VecDeque;

/// One thing to run. Each refers to its objects with counted references.
#[derive(Clone, Debug)]
pub enum Due {
    /// The finaliser of an object.
    Finalizer(Id),
    /// A callback with its weak reference.
    Callback {
        /// What is called.
        callback: Value,
        /// The weak reference, which is dead by now.
        reference: Id,
    },
    /// An exception that nobody can catch.
    Report {
        /// The exception.
        exception: Value,
        /// The words for what went on, as in "while calling deallocator".
        doing: &'static str,
        /// With what.
        with: Value,
    },
    /// Something that is held until what was due before it has run.
    Held(Value),
    /// An exception goes on its way, by the frame on top.
    Unwind(Passage, Value),
}

/// What an exception does that waited until something had gone.
#[derive(Clone, Copy, Debug)]
pub enum Passage {
    /// It leaves the frame: what was on the stack of that has gone.
    Leave,
    /// It was thrown into what the frame awaits, and arrives in the frame: what its context held has gone.
    Enter,
    /// It is raised by the call on which the frame stands: the instance that the call made has gone.
    Raise,
}

/// What one instruction caused to be run.
#[derive(Clone, Debug)]
pub struct Round {
    /// How deep the stack of frames was: the round goes on where it is that deep again.
    pub depth: usize,
    /// What runs.
    pub current: Option<Due>,
    /// What follows.
    pub queue: VecDeque<Due>,
}

impl Due {
    /// Calls `visit` with every value that it refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        match *self {
            Self::Finalizer(id) => visit(id.into()),
            Self::Callback {
                callback,
                reference,
            } => {
                visit(callback);
                visit(reference.into());
            }
            Self::Report {
                exception, with, ..
            } => {
                visit(exception);
                visit(with);
            }
            Self::Held(value) | Self::Unwind(_, value) => visit(value),
        }
    }
}

impl Round {
    /// Calls `visit` with every value that it refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        self.current
            .iter()
            .chain(&self.queue)
            .for_each(|due| due.each(visit));
    }
}
