//! Tests of what only the page's own platform can show, in a real browser: `cargo xtask test` runs them.
#![cfg(target_arch = "wasm32")]

mod address;
#[path = "../golden/deep.rs"]
mod deep;
#[path = "../golden/digest.rs"]
mod digest;
mod golden;
mod nesting;
mod stack;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
