//! The public form of a trace: JSON Lines, one event a line, as `docs/trace-format.md` describes it.
//!
//! Kinds, field names and their order are those of the recorder of real CPython runs; what only the simulation
//! knows stands in further fields at the end of a line.

mod header;
mod infer;
mod read;
mod record;
mod spelling;
mod write;

pub use read::{Import, Note, Problem, read};
pub use write::{Writer, write};

/// Version of the form; the first line of a trace carries it as `v`.
pub const VERSION: u32 = 1;
