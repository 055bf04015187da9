//! Python source, compiled: instructions, code objects, and the compiler that makes them from the syntax tree.

pub mod code;
mod compile;
pub mod disassembly;
pub mod op;
pub mod scope;

pub use compile::{Goal, compile};

#[cfg(test)]
mod tests;
