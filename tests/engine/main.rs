//! The engine on golden programs and on small programs of its own.

mod diagnoses;
#[path = "../golden/mod.rs"]
mod golden;
mod world;
