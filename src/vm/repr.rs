//! `repr()`, `str()` and `ascii()` of built-in objects; asks for `__repr__` and `__str__` written in Python.

use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;

impl Vm {
    /// `repr(value)`
    pub fn repr(&mut self, value: Value) -> Outcome<String> {
        todo!("{value:?}")
    }

    /// `str(value)`
    pub fn to_str(&mut self, value: Value) -> Outcome<String> {
        todo!("{value:?}")
    }

    /// `ascii(value)`
    pub fn ascii(&mut self, value: Value) -> Outcome<String> {
        todo!("{value:?}")
    }
}
