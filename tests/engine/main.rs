//! The engine on golden programs and on small programs of its own.

mod computer;
mod costs;
mod deadlocks;
#[path = "../golden/deep.rs"]
mod deep;
mod diagnoses;
#[path = "../golden/digest.rs"]
mod digest;
mod digests;
mod explanations;
#[path = "../golden/mod.rs"]
mod golden;
mod input;
mod interventions;
mod model;
mod names;
mod processes;
mod races;
mod shortcuts;
mod world;
