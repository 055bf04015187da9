//! The engine on golden programs and on small programs of its own.

mod asyncio_api;
mod computer;
#[path = "../golden/deep.rs"]
mod deep;
mod diagnoses;
#[path = "../golden/digest.rs"]
mod digest;
mod digests;
mod explanations;
#[path = "../golden/mod.rs"]
mod golden;
mod model;
mod processes;
mod world;
