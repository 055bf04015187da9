//! Runs as data: events, the model folded from them, keyframes and the cursor.

pub mod jsonl;
pub mod model;
mod table;

pub use model::Model;
pub use table::Table;
