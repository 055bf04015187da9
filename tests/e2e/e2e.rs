//! What a visitor does, in a real browser on the built page: `cargo xtask test` builds it and runs these tests.
//!
//! Scenarios find things as people do, by role and accessible name. Each is a function under `#[test]` that calls
//! `visit`; see `xtask/src/visitor.rs` for what it can do there. A scenario that fails leaves a picture in `target/e2e`.

mod boot;
mod editor;
mod embed;
mod embedding;
mod faults;
mod find;
mod input;
mod live;
mod scheduler;
