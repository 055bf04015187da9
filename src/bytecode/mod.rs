//! Python source, compiled: instructions, code objects, and the compiler that makes them from the syntax tree.

pub mod code;
pub mod op;
