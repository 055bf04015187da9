//! A code object made ready to run: its constants and names are values on the heap.

use super::value::Value;
use crate::bytecode::code::Code;
use std::rc::Rc;

/// A code object with its constants and names as values.
#[derive(Debug)]
pub struct LinkedCode {
    /// The compiled code.
    pub code: Rc<Code>,
    /// Values of `code.consts`.
    pub consts: Vec<Value>,
    /// Interned strings for `code.names`.
    pub names: Vec<Value>,
    /// Interned strings for the parameters' names.
    pub parameters: Vec<Value>,
}

impl LinkedCode {
    /// Calls `visit` with every value that it refers to.
    pub fn each(&self, visit: &mut dyn FnMut(Value)) {
        let all = self
            .consts
            .iter()
            .chain(&self.names)
            .chain(&self.parameters);
        all.copied().for_each(visit);
    }
}
