//! Binding arguments and calling built-ins.

use super::machine::Vm;
use super::native::{NativeFunction, Outcome};
use super::value::Value;

impl Vm {
    /// Runs a built-in whose code needs neither frames nor the kernel.
    pub fn call_native(
        &mut self,
        native: &NativeFunction,
        arguments: &[Value],
        keywords: &[(Value, Value)],
    ) -> Outcome {
        todo!("{native:?} {arguments:?} {keywords:?}")
    }
}
