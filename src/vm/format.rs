//! Format specifications (`format(value, spec)`), `str.format` and `%`-formatting.

use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;

impl Vm {
    /// `format(value, spec)`; asks for `__format__` written in Python.
    pub fn format(&mut self, value: Value, spec: &str) -> Outcome {
        todo!("{value:?} {spec}")
    }
}
