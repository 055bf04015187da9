//! The iterator protocol: `iter()`, `next()`, and collecting what an iterable yields.

use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;

impl Vm {
    /// `iter(value)`; TypeError when it is not iterable.
    pub fn iter(&mut self, value: Value) -> Outcome {
        todo!("{value:?}")
    }

    /// The next item of an iterator, or `None` at its end. Resumes generators and asks `__next__` written in Python.
    /// Built-in iterators move on when this returns an item: so an instruction calls it as its last step, or takes
    /// the item by [`Vm::once`].
    pub fn next(&mut self, iterator: Value) -> Outcome<Option<Value>> {
        todo!("{iterator:?}")
    }

    /// All items of an iterable. Built-in containers and iterators are read at once; for others one question makes
    /// a list of them.
    pub fn collect(&mut self, iterable: Value) -> Outcome<Vec<Value>> {
        todo!("{iterable:?}")
    }
}
