//! Loopscope: real Python `asyncio` and thread programs in a deterministic simulation.
//!
//! The layers, in order; each uses only those above it in this list:
//! source text → syntax → bytecode → vm → sim → trace → scene → ui.

pub mod allocator;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
mod shared;

pub mod bytecode;
pub mod scene;
pub mod sim;
pub mod stdlib;
pub mod syntax;
pub mod trace;
pub mod vm;

#[cfg(target_arch = "wasm32")]
pub mod ui;
