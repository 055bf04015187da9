//! `hash()`, as CPython has it with `PYTHONHASHSEED=0`.

use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;

impl Vm {
    /// `hash(value)`; TypeError for unhashable ones; asks for `__hash__` written in Python.
    pub fn hash(&mut self, value: Value) -> Outcome<i64> {
        todo!("{value:?}")
    }
}
